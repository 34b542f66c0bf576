using System.Runtime.InteropServices;
using System.Text;
using PromoRec.Cli;
using PromoRec.Cli.Writing;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    // The first Ctrl+C lets the command clean up; the second ends the process at once.
    press.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});

// UTF-8 without a mark, whatever the locale says: ids come in every script.
var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var output = new StreamWriter(new StandardStream(Console.OpenStandardOutput(), "standard output"), utf8);
using var error = new StreamWriter(new StandardStream(Console.OpenStandardError(), name: null), utf8) { AutoFlush = true };
bool isInteractive = !Console.IsErrorRedirected
    && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
    && Environment.GetEnvironmentVariable("TERM") != "dumb";
return CliApplication.Run(args, new CommandEnvironment(output, error, TimeProvider.System, isInteractive, stop.Token));
