using PromoRec.Push.Caps;
using PromoRec.Push.Ledger;

namespace PromoRec.Push.Cooldown;

/// <summary>Drops an offer that the customer has redeemed or dismissed a short while ago.</summary>
internal sealed class CooldownPolicy(CooldownOptions options) : IPushPolicy
{
    private readonly CustomerFactKind _after = options.After;
    private readonly TimeSpan _length = options.Length;
    private readonly bool _anyOffer = options.AnyOffer;
    private readonly PushMatcher _appliesTo = new(options.AppliesTo);

    public PushStage Stage => PushStage.Eligibility;

    public string Name { get; } = options.Name
        ?? $"cooldown:{(options.After == CustomerFactKind.Redeemed ? "redeemed" : "dismissed")}{(options.AnyOffer ? "-any" : string.Empty)}:{CapWindow.TextOf(options.Length)}";

    public PushVerdict Evaluate(in PushContext context)
    {
        if (context.Request.Class != MessageClass.Promotional || !_appliesTo.Matches(context.Request) || Latest(context) is not { } latest)
        {
            return PushVerdict.Allow;
        }

        context.Saw(PushInputs.Last, latest);
        DateTimeOffset end = CapCounter.After(latest, _length) ?? DateTimeOffset.MaxValue;
        return context.PlannedAt >= end ? PushVerdict.Allow : PushVerdict.Drop(_after == CustomerFactKind.Redeemed ? PushReason.RecentlyRedeemed : PushReason.RecentlyDismissed, end);
    }

    private DateTimeOffset? Latest(in PushContext context)
    {
        DateTimeOffset? latest = null;
        foreach (ref readonly CustomerFact fact in context.Snapshot.Customer.Facts.AsSpan())
        {
            if (fact.Kind == _after && (_anyOffer || fact.Offer == context.Request.Offer.Id))
            {
                latest = fact.At > latest || latest is null ? fact.At : latest;
            }
        }

        return latest;
    }
}
