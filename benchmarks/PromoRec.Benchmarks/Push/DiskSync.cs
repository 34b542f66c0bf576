using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PromoRec.Benchmarks.Push;

/// <summary>How often a second a disk makes something durable: the yardstick of every store that waits for it.</summary>
internal static partial class DiskSync
{
    private const int PageLength = 4096;
    private const int Times = 200;

    /// <summary>Writes a page at the end of a file and waits for it, again and again.</summary>
    public static double PerSecond(string folder)
    {
        string path = Path.Combine(folder, "sync");
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        byte[] page = new byte[PageLength];
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Times; i++)
        {
            RandomAccess.Write(file, page, (long)i * PageLength);
            if (fdatasync((int)file.DangerousGetHandle()) != 0)
            {
                throw new IOException($"fdatasync failed with error {Marshal.GetLastPInvokeError()}.");
            }
        }

        return Times / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fdatasync(int descriptor);
}
