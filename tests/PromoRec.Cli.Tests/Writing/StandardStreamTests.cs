using PromoRec.Cli.Writing;

namespace PromoRec.Cli.Tests.Writing;

public sealed class StandardStreamTests
{
    [Fact]
    public void Results_that_cannot_be_written_end_the_command_with_code_5()
    {
        using var output = new StreamWriter(new StandardStream(new FullDisk(), "standard output"));
        using var error = new StringWriter();

        int exitCode = CliApplication.Run(["--help"], new CommandEnvironment(output, error, TimeProvider.System, IsInteractive: false, CancellationToken.None));

        Assert.Equal(ExitCode.OutputFailed, exitCode);
        Assert.Equal("error: standard output: cannot be written: the disk is full", error.ToString().Trim());
    }

    [Fact]
    public void Progress_that_nobody_can_read_stops_nothing()
    {
        using var output = new StringWriter();
        using var error = new StreamWriter(new StandardStream(new FullDisk(), name: null)) { AutoFlush = true };

        int exitCode = CliApplication.Run(["rank", "--model", "none", "--user", "1"], new CommandEnvironment(output, error, TimeProvider.System, IsInteractive: false, CancellationToken.None));

        Assert.Equal(ExitCode.BadModel, exitCode);
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("the disk is full");
    }
}
