namespace PromoRec.Cli;

/// <summary>Everything a command has from outside: where it writes, the time, and the way to stop it.</summary>
/// <param name="Output">Takes results, and nothing else.</param>
/// <param name="Error">Takes progress, warnings and failures.</param>
/// <param name="Time">The clock.</param>
/// <param name="IsInteractive">Whether a person watches <paramref name="Error"/> on a terminal that may be redrawn.</param>
/// <param name="Cancellation">Signalled by Ctrl+C.</param>
internal sealed record CommandEnvironment(TextWriter Output, TextWriter Error, TimeProvider Time, bool IsInteractive, CancellationToken Cancellation);
