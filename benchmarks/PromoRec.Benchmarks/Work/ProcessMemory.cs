using System.Globalization;

namespace PromoRec.Benchmarks.Work;

/// <summary>What the system says of this process's memory: managed, native and mapped, as far as it is resident.</summary>
internal static class ProcessMemory
{
    /// <summary>Resident bytes now.</summary>
    public static long Resident => Read("VmRSS");

    /// <summary>Those of them that belong to mapped files.</summary>
    public static long ResidentOfFiles => Read("RssFile");

    /// <summary>Most resident bytes since the process began, or since <see cref="ForgetPeak"/>.</summary>
    public static long Peak => Read("VmHWM");

    /// <summary>Gives back what is no longer used, and lets the peak begin again.</summary>
    public static void ForgetPeak()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    private static long Read(string name)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split([' ', '\t', ':'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
