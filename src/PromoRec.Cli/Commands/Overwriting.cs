using System.CommandLine;
using System.CommandLine.Parsing;
using PromoRec.Cli.Writing;

namespace PromoRec.Cli.Commands;

/// <summary>Keeps a command from replacing one of the files that it was given to read.</summary>
internal static class Overwriting
{
    private static readonly StringComparison PathComparison = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Refuses to write a file over an input, and where none can be written.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="output">The option that says where the file goes.</param>
    /// <param name="path">The file.</param>
    /// <param name="what">What is written: "the model".</param>
    /// <exception cref="UsageException">Another option or argument of the command names the same file.</exception>
    /// <exception cref="OutputException">No file can be written there.</exception>
    public static void Refuse(ParseResult parsed, Option output, string path, string what)
    {
        RefuseInputs(parsed, output, output.Name, path, what);
        OutputFile.RefuseUnlessWritable(path);
    }

    /// <summary>Refuses to write a file in a folder over an input.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="output">The option that names the folder.</param>
    /// <param name="path">The file.</param>
    /// <param name="what">What is written: "the model".</param>
    /// <exception cref="UsageException">An option or argument of the command names the same file.</exception>
    public static void RefuseInFolder(ParseResult parsed, Option output, string path, string what) =>
        RefuseInputs(parsed, output, $"{Path.GetFileName(path)} in the folder of {output.Name}", path, what);

    // A model to start from is named MODEL, not FILE: training it further in place is meant.
    private static void RefuseInputs(ParseResult parsed, Option output, string outputName, string path, string what)
    {
        Command command = parsed.CommandResult.Command;
        IEnumerable<(string Name, SymbolResult? Result)> inputs =
        [
            .. command.Options.Where(option => option != output && option.HelpName == "FILE").Select(option => (option.Name, (SymbolResult?)parsed.GetResult(option))),
            .. command.Arguments.Where(argument => argument.HelpName == "FILE").Select(argument => (argument.HelpName!, (SymbolResult?)parsed.GetResult(argument))),
        ];
        string place = PlaceOf(path);
        foreach ((string name, SymbolResult? result) in inputs)
        {
            if (result is not null && result.Tokens.Any(token => string.Equals(PlaceOf(token.Value), place, PathComparison)))
            {
                throw new UsageException($"{outputName} is the file of {name}, which {what} would replace. Name another file.");
            }
        }
    }

    /// <summary>The file itself, where a path is a link to it.</summary>
    private static string PlaceOf(string path) =>
        (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);
}
