using System.Collections.Immutable;
using PromoRec.Push.Caps;
using PromoRec.Push.Ledger;

namespace PromoRec.Push.Duplicate;

/// <summary>Drops what the customer was sent a short while ago: a cap of one over a label that equal pushes share.</summary>
internal sealed class DuplicatePolicy(DuplicateKind kind, TimeSpan length) : IClaimingPolicy
{
    private const int MaxLabels = 2;

    private readonly LedgerWindow _window = LedgerWindow.Rolling(length);

    public PushStage Stage => PushStage.Duplicate;

    public string Name { get; } = $"duplicate:{(kind == DuplicateKind.NaturalKey ? "push" : kind.ToString().ToLowerInvariant())}:{CapWindow.TextOf(length)}";

    /// <summary>One policy for each rule that the options ask for.</summary>
    public static ImmutableArray<DuplicatePolicy> Create(DuplicateOptions options)
    {
        (DuplicateKind Kind, TimeSpan Length)[] rules =
        [
            (DuplicateKind.NaturalKey, options.NaturalKeyWindow), (DuplicateKind.Offer, options.OfferCooldown), (DuplicateKind.Content, options.ContentWindow),
        ];
        return [.. rules.Where(rule => rule.Length > TimeSpan.Zero).Select(rule => new DuplicatePolicy(rule.Kind, rule.Length))];
    }

    public PushVerdict Evaluate(in PushContext context)
    {
        Span<LedgerLabel> labels = stackalloc LedgerLabel[MaxLabels];
        labels = labels[..Fill(context.Request, labels)];
        if (labels.IsEmpty)
        {
            return PushVerdict.Allow;
        }

        CapCount count = context.Snapshot.History.Count(new CapRule(labels, [], 1, _window), context.PlannedAt, context.TimeToLive, context.Now);
        context.Saw(PushInputs.Sent, count.Observed);
        return count.Fits ? PushVerdict.Allow : PushVerdict.Drop(PushReason.Duplicate, count.NextEligibleAt);
    }

    public void AddBudgetNames(in PushContext context, ICollection<BudgetName> names)
    {
    }

    public void AddClaims(in PushContext context, PushClaims claims)
    {
        Span<LedgerLabel> labels = stackalloc LedgerLabel[MaxLabels];
        labels = labels[..Fill(context.Request, labels)];
        if (!labels.IsEmpty)
        {
            claims.Add(this, new CapClaim([.. labels], 1, _window), PushReason.Duplicate);
        }
    }

    /// <returns>How many labels equal pushes share; 0 when there is nothing to compare.</returns>
    private int Fill(PushRequest request, Span<LedgerLabel> labels)
    {
        if (!request.IsOutboundPromotion || (request.IsFollowUp && kind != DuplicateKind.NaturalKey))
        {
            return 0;
        }

        labels[0] = PushLabels.Outbound;
        switch (kind)
        {
            case DuplicateKind.Offer:
                labels[1] = PushLabels.Offer(request.Offer.Id);
                return MaxLabels;
            case DuplicateKind.Content when request.ContentHash is { Length: > 0 } hash:
                labels[1] = PushLabels.Content(hash);
                return MaxLabels;
            case DuplicateKind.NaturalKey:
                labels[1] = PushLabels.Natural(NaturalKey.Of(request));
                return MaxLabels;
            default:
                return 0;
        }
    }
}
