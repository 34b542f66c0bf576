using System.Collections.Concurrent;
using System.Diagnostics;

namespace PromoRec.StoreProbe;

/// <summary>This program as a child of a test.</summary>
public sealed class ProbeProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Task _reading;

    private ProbeProcess(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    /// <summary>What the child has said so far.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Starts the program.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="under">A program to run it under, with arguments of its own, such as strace.</param>
    public static ProbeProcess Start(IEnumerable<string> arguments, params string[] under)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "PromoRec.StoreProbe" + (OperatingSystem.IsWindows() ? ".exe" : string.Empty));
        string[] all = [.. under, program, .. arguments];
        ProcessStartInfo start = new(all[0], all.AsSpan(1).ToArray()) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return new ProbeProcess(Process.Start(start)!);
    }

    /// <summary>Waits until it has said something, or has ended.</summary>
    public async Task SaysAsync(string beginning)
    {
        while (!_reading.IsCompleted && !_lines.Any(line => line.StartsWith(beginning, StringComparison.Ordinal)))
        {
            await Task.Delay(1);
        }
    }

    /// <summary>Lets a child go that waits for it.</summary>
    public void Go() => _process.StandardInput.WriteLine();

    /// <summary>kill -9: the child does nothing more.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for the end and for the last line.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _reading;
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Enqueue(line);
        }
    }
}
