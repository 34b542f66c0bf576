namespace PromoRec.Cli.Writing;

/// <summary>A file cannot be written where the user wants it.</summary>
internal sealed class OutputException(string path, string problem, Exception? inner = null) : Exception($"{path}: {problem}", inner);
