using System.Collections.Immutable;

namespace PromoRec.Push.Ledger;

/// <summary>A cap as it is counted: a <see cref="CapClaim"/> whose labels may stand on the stack, so that a decision allocates nothing.</summary>
internal readonly ref struct CapRule(ReadOnlySpan<LedgerLabel> scope, ReadOnlySpan<ImmutableArray<LedgerLabel>> anyOf, int limit, LedgerWindow window)
{
    private readonly ReadOnlySpan<LedgerLabel> _scope = scope;
    private readonly ReadOnlySpan<ImmutableArray<LedgerLabel>> _anyOf = anyOf;

    public CapRule(in CapClaim claim)
        : this(claim.Scope.AsSpan(), claim.AnyOf.IsDefault ? [] : claim.AnyOf.AsSpan(), claim.Limit, claim.Window)
    {
    }

    public int Limit { get; } = limit;

    public LedgerWindow Window { get; } = window;

    /// <summary>Whether an entry with these labels is counted.</summary>
    public bool Matches(ReadOnlySpan<LedgerLabel> labels, ReadOnlySpan<LedgerLabel> shortLabels)
    {
        foreach (LedgerLabel label in _scope)
        {
            if (!label.IsIn(labels) && !label.IsIn(shortLabels))
            {
                return false;
            }
        }

        foreach (ImmutableArray<LedgerLabel> group in _anyOf)
        {
            if (!labels.ContainsAny(group.AsSpan()) && !shortLabels.ContainsAny(group.AsSpan()))
            {
                return false;
            }
        }

        return true;
    }
}
