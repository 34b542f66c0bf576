using System.Diagnostics;

namespace PromoRec.Sqlite.Tests;

/// <summary>strace, which kills a process or fails its disk at an exact system call.</summary>
internal static class Strace
{
    private static readonly string? WhyNot = FindWhyNot();

    /// <summary>Skips the test where there is no strace, and says how to get it.</summary>
    public static void Need() => Assert.SkipWhen(WhyNot is not null, WhyNot ?? string.Empty);

    /// <summary>strace and its arguments: something happens at some of the calls that change a store's files.</summary>
    /// <param name="file">The store's file.</param>
    /// <param name="call">The system call.</param>
    /// <param name="what">Such as "signal=SIGKILL" or "error=EIO".</param>
    /// <param name="when">The number of the call, or a range of them, such as "3..9".</param>
    public static string[] Inject(string file, string call, string what, string when) =>
    [
        "strace", "-f", "-qq", "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={call}:{what}:when={when}", "-P", file, "-P", file + "-wal", "-P", file + "-shm",
    ];

    /// <summary>strace and its arguments: whatever reaches a file, and every line that the program says, is recorded with its bytes.</summary>
    public static string[] Record(string log) =>
        ["strace", "-f", "-qq", "-y", "-xx", "-s", "1000000", "-o", log, "-e", "signal=none", "-e", "trace=write,pwrite64,ftruncate,fsync,fdatasync,unlink"];

    private static string? FindWhyNot()
    {
        const string Remedy = "install it with: apt-get install strace";
        if (!OperatingSystem.IsLinux())
        {
            return "Needs strace, which is there on Linux only.";
        }

        try
        {
            using Process process = Process.Start(new ProcessStartInfo("strace", ["-f", "-o", "/dev/null", "true"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "strace is there, but may not trace; allow ptrace to this user.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return $"Needs strace; {Remedy}";
        }
    }
}
