using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using PromoRec.Cli.Commands;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Cli.Writing;
using PromoRec.Push.PolicyFile;

namespace PromoRec.Cli;

/// <summary>The whole program, callable in process: parses, runs a command, and turns every failure into a message and an exit code.</summary>
internal static class CliApplication
{
    private const string Name = "promorec";

    public static int Run(string[] args, CommandEnvironment environment)
    {
        int exitCode = RunCommand(args, environment);
        try
        {
            environment.Output.Flush();
            return exitCode;
        }
        catch (OutputException fault)
        {
            return Fail(environment, fault.Message, ExitCode.OutputFailed);
        }
    }

    private static int RunCommand(string[] args, CommandEnvironment environment)
    {
        ParseResult parsed = CreateRoot(environment).Parse(args);
        try
        {
            return parsed.Errors.Count > 0 ? Refuse(parsed, environment) : parsed.Invoke(Configuration(environment.Output, environment.Error));
        }
        catch (OperationCanceledException) when (environment.Cancellation.IsCancellationRequested)
        {
            environment.Error.WriteLine("Cancelled; nothing was left half-written.");
            return ExitCode.Cancelled;
        }
        catch (UsageException fault)
        {
            environment.Error.WriteLine($"error: {fault.Message}");
            WriteHint(parsed, environment);
            return ExitCode.Usage;
        }
        catch (InputException fault)
        {
            return Fail(environment, fault.Message, ExitCode.BadInput);
        }
        catch (ModelFileException fault)
        {
            return Fail(environment, fault.Message, ExitCode.BadModel);
        }
        catch (OutputException fault)
        {
            return Fail(environment, fault.Message, ExitCode.OutputFailed);
        }
        catch (PolicyFileException fault)
        {
            PolicyFaults.Write(environment.Error, fault);
            return ExitCode.BadInput;
        }
        catch (PromoRecException fault)
        {
            return Fail(environment, ApiWords.Of(fault.Message), fault.Code == PromoRecErrorCode.InvalidArtifact ? ExitCode.BadModel : ExitCode.BadInput);
        }
#pragma warning disable CA1031 // This is the last place that can tell the user; the process ends here.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            environment.Error.WriteLine($"error: unexpected failure. Please report it with the text below.{Environment.NewLine}{fault}");
            return ExitCode.UnexpectedFailure;
        }
    }

    private static Command CreateRoot(CommandEnvironment environment)
    {
        // Not a RootCommand: that one is called like the file of the program.
        var root = new Command(Name, "Trains recommendation models on what customers did, measures them, and ranks promotional offers.");
        root.Options.Add(new HelpOption { Recursive = true });
        root.Options.Add(new VersionOption());
        root.Options.Add(CommonOptions.Json);
        root.Subcommands.Add(FitCommand.Create(environment));
        root.Subcommands.Add(EvaluateCommand.Create(environment));
        root.Subcommands.Add(CompareCommand.Create(environment));
        root.Subcommands.Add(TuneCommand.Create(environment));
        root.Subcommands.Add(RankCommand.Create(environment));
        root.Subcommands.Add(SimilarCommand.Create(environment));
        root.Subcommands.Add(InspectCommand.Create(environment));
        root.Subcommands.Add(ImportCommand.Create(environment));
        root.Subcommands.Add(SimulateCommand.Create(environment));
        root.Subcommands.Add(PlanCommand.Create(environment));
        root.Subcommands.Add(PolicyCommand.Create(environment));
        root.Subcommands.Add(DemoCommand.Create(environment));
        return root;
    }

    /// <summary>Says what is wrong with the command line, with a nearby spelling where there is one.</summary>
    private static int Refuse(ParseResult parsed, CommandEnvironment environment)
    {
        if (parsed.Tokens.All(token => token.Type == TokenType.Option))
        {
            string commands = string.Join(", ", parsed.RootCommandResult.Command.Subcommands.Select(command => command.Name));
            environment.Error.WriteLine($"error: no command was given. The commands are {commands}.");
        }
        else if (parsed.Action is ParseErrorAction action)
        {
            action.ShowHelp = false;
            using var told = new StringWriter();
            parsed.Invoke(Configuration(told, told));
            WriteErrors(told.ToString().ReplaceLineEndings("\n").TrimEnd('\n'), parsed, environment.Error);
        }

        WriteHint(parsed, environment);
        return ExitCode.Usage;
    }

    private static void WriteHint(ParseResult parsed, CommandEnvironment environment)
    {
        var names = new Stack<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = result.Parent)
        {
            names.Push(command.Command.Name);
        }

        environment.Error.WriteLine($"See '{string.Join(' ', names)} --help'.");
    }

    /// <summary>The parser's own text, each of its errors marked as all others are.</summary>
    private static void WriteErrors(string text, ParseResult parsed, TextWriter error)
    {
        HashSet<string> starts = [.. parsed.Errors.Select(fault => fault.Message.ReplaceLineEndings("\n").Split('\n')[0])];
        foreach (string line in text.Split('\n'))
        {
            error.WriteLine(starts.Contains(line) ? $"error: {line}" : line);
        }
    }

    private static int Fail(CommandEnvironment environment, string message, int exitCode)
    {
        environment.Error.WriteLine($"error: {message}");
        return exitCode;
    }

    // Ctrl+C reaches commands through the environment, so the parser must not end the process itself.
    private static InvocationConfiguration Configuration(TextWriter output, TextWriter error) =>
        new() { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
}
