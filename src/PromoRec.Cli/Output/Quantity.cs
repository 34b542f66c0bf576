using System.Globalization;

namespace PromoRec.Cli.Output;

/// <summary>Writes numbers for people, always in the same way.</summary>
internal static class Quantity
{
    public static string Count(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");

    public static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{(seconds < 10 ? Math.Round(seconds, 2) : Math.Round(seconds, 1))} s");

    public static string Bytes(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GiB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.0} MiB"),
        >= 1L << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 10):0.0} KiB"),
        _ => $"{bytes} bytes",
    };

    public static string Number(double value) => value.ToString(Math.Abs(value) is > 0 and (< 0.001 or >= 100_000) ? "0.000e0" : "0.####", CultureInfo.InvariantCulture);
}
