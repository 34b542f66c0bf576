using System.Globalization;
using PromoRec.Cli.Output;

namespace PromoRec.Cli.Writing;

/// <summary>Writes the decisions of a plan as rows.</summary>
internal static class PlanFile
{
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<PlanEntry> entries, CancellationToken cancellationToken) => ShopFiles.Write(path, csv =>
    {
        csv.WriteRecord(["user", "offer", "channel", "outcome", "until", "reason", "rule"]);
        foreach (PlanEntry entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            csv.WriteRecord(
            [
                entry.User, entry.Offer, entry.Channel, entry.Outcome, entry.Until?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture) ?? string.Empty,
                entry.Reason ?? string.Empty, entry.Rule ?? string.Empty,
            ]);
        }
    });
}
