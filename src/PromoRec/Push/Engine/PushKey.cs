using System.Globalization;
using PromoRec.Push.Ledger;

namespace PromoRec.Push.Engine;

/// <summary>Names pushes that their hosts have not named.</summary>
/// <remarks>
/// The name is made of the <see cref="NaturalKey"/>, so that the same push gets the same name. A ledger remembers names longer than a push without an occurrence
/// stands for itself, so later ones get a number.
/// </remarks>
internal static class PushKey
{
    public static string Of(PushRequest request, CustomerHistory history, DateTimeOffset now)
    {
        if (request.Key is { } own)
        {
            return own;
        }

        string name = FirstOf(request);
        string latest = name;
        for (int number = 2; Find(latest, history) is { } entry && IsOver(entry, now); number++)
        {
            latest = string.Create(CultureInfo.InvariantCulture, $"{name}:{number}");
        }

        return latest;
    }

    /// <summary>The name of a push that the ledger has not heard of.</summary>
    public static string FirstOf(PushRequest request) => request.Key ?? $"push:{NaturalKey.Of(request).ToString("x32", CultureInfo.InvariantCulture)}";

    /// <summary>Whether what was sent is so long ago that the same push is another one.</summary>
    public static bool IsOver(LedgerEntry entry, DateTimeOffset now) =>
        entry.State == ReservationState.Committed && now >= entry.At && now - entry.At >= LedgerEntry.ShortLabelLife;

    private static LedgerEntry? Find(string key, CustomerHistory history)
    {
        foreach (LedgerEntry entry in history.Entries)
        {
            if (string.Equals(entry.Key, key, StringComparison.Ordinal))
            {
                return entry;
            }
        }

        return null;
    }
}
