namespace PromoRec.Cli.Reading;

/// <summary>A fault in a file that a person gave: which file, where in it, what was found, what was expected.</summary>
internal sealed class InputException : Exception
{
    private InputException(string path, long? line, string? column, string problem, bool isRow, Exception? inner)
        : base(Describe(path, line, column, problem), inner)
    {
        Path = path;
        Line = line;
        Column = column;
        IsRow = isRow;
    }

    public string Path { get; }

    /// <summary>Line of the fault, from 1, where one is known.</summary>
    public long? Line { get; }

    /// <summary>Column of the fault by its name, where it has one.</summary>
    public string? Column { get; }

    /// <summary>Whether only this row is bad, so that --skip-bad can go on after it.</summary>
    public bool IsRow { get; }

    /// <summary>The whole file, or all of it after a line, cannot be used.</summary>
    public static InputException File(string path, string problem, long? line = null, Exception? inner = null) =>
        new(path, line, column: null, problem, isRow: false, inner);

    /// <summary>One row cannot be used.</summary>
    public static InputException Row(string path, long line, string? column, string problem) =>
        new(path, line, column, problem, isRow: true, inner: null);

    /// <summary>The same fault with a sentence about what to do.</summary>
    public InputException WithRemedy(string remedy) => new(this, remedy);

    private InputException(InputException fault, string remedy)
        : base($"{fault.Message} {remedy}", fault)
    {
        Path = fault.Path;
        Line = fault.Line;
        Column = fault.Column;
        IsRow = fault.IsRow;
    }

    private static string Describe(string path, long? line, string? column, string problem) =>
        (line, column) switch
        {
            (null, _) => $"{path}: {problem}",
            (_, null) => $"{path}, line {line}: {problem}",
            _ => $"{path}, line {line}, column '{column}': {problem}",
        };
}
