namespace PromoRec.Cli.Reading;

/// <summary>A model file is missing, damaged, or something else.</summary>
internal sealed class ModelFileException(string path, string problem, Exception? inner = null) : Exception($"{path}: {problem}", inner);
