using System.Runtime.InteropServices;
using PromoRec.Push.Caps;
using PromoRec.Push.Ledger;

namespace PromoRec.Push.QuietHours;

/// <summary>Keeps one of the promotions that wait for the end of the same quiet hours, or lets them wait together.</summary>
internal sealed class QuietNight(QuietHoursAction action, PushScope scope, string? keyName)
{
    private static readonly ulong NightKind = LedgerLabel.SeedOf("quiet-hours-end");

    private readonly CapScope _scope = new(scope, keyName);
    private readonly PushWaitKind _kind = action switch
    {
        QuietHoursAction.DeferFirstOnly => PushWaitKind.First,
        QuietHoursAction.DeferLatestOnly => PushWaitKind.Latest,
        QuietHoursAction.Digest => PushWaitKind.Digest,
        _ => PushWaitKind.None,
    };

    /// <param name="context">What is held back.</param>
    /// <param name="release">When the quiet hours end, in ticks of UTC.</param>
    /// <param name="deferral">The verdict about it if it were the only one.</param>
    public PushVerdict Hold(in PushContext context, long release, in PushVerdict deferral)
    {
        // What a customer needs for an order neither competes with promotions nor becomes a part of them, and a further step of a dispatch is no part of another one.
        bool isAlone = !context.Request.IsOutboundPromotion || (context.Request.IsFollowUp && _kind == PushWaitKind.Digest);
        if (_kind == PushWaitKind.None || isAlone || !TryFindLabel(context.Request, release, out LedgerLabel night))
        {
            return deferral;
        }

        if (!IsTaken(night, context.Snapshot))
        {
            return deferral with { Wait = new PushWait(_kind, night) };
        }

        context.Saw("waiting", 1);
        return PushVerdict.Drop(PushReason.AnotherWaits, new DateTimeOffset(release, TimeSpan.Zero));
    }

    private bool IsTaken(LedgerLabel night, PushSnapshot snapshot)
    {
        foreach (LedgerEntry entry in snapshot.History.Entries)
        {
            if (entry.ShortLabels.Contains(night) && (_kind == PushWaitKind.First || snapshot.Batch.Contains(entry.Key)))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryFindLabel(PushRequest request, long release, out LedgerLabel night)
    {
        Span<LedgerLabel> labels = stackalloc LedgerLabel[CapScope.MaxLabels + 1];
        int count = _scope.Fill(request, labels);
        if (_kind == PushWaitKind.Digest)
        {
            // One message goes over one channel.
            labels[count] = PushLabels.Channel(request.Channel);
        }

        night = new LedgerLabel((ulong)StableHash.Of(MemoryMarshal.Cast<LedgerLabel, char>(labels[..(_kind == PushWaitKind.Digest ? count + 1 : count)]), NightKind ^ (ulong)release));
        return count > 0;
    }
}
