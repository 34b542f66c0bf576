namespace PromoRec.Cli.Tests;

/// <summary>Runs the tool in process.</summary>
internal static class Tool
{
    public static CommandResult Run(params string[] args) => Run(CancellationToken.None, args);

    public static CommandResult Run(CancellationToken cancellation, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = CliApplication.Run(args, new CommandEnvironment(output, error, TimeProvider.System, IsInteractive: false, cancellation));
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }
}
