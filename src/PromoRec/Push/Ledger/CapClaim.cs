using System.Collections.Immutable;

namespace PromoRec.Push.Ledger;

/// <summary>A cap that a reservation must respect: at most <paramref name="Limit"/> sends with all labels of <paramref name="Scope"/> in the window, this one among them.</summary>
/// <param name="Scope">What is counted: the customer's entries that carry all of these labels. At least one label.</param>
/// <param name="Limit">Most sends, 1 or more.</param>
/// <param name="Window">Where they are counted.</param>
/// <remarks>A minimum gap g is a limit of 1 in a rolling window of length g.</remarks>
public readonly record struct CapClaim(ImmutableArray<LedgerLabel> Scope, int Limit, LedgerWindow Window)
{
    /// <summary>Narrows what is counted: of each of these groups, an entry must carry at least one label. Unset for no more than <see cref="Scope"/> says.</summary>
    public ImmutableArray<ImmutableArray<LedgerLabel>> AnyOf { get; init; } = [];
}
