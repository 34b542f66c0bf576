using System.Collections.Immutable;
using PromoRec.Push.Ledger;

namespace PromoRec.Push;

/// <summary>A <see cref="PushFilter"/> as a policy keeps it: later changes of the filter change nothing.</summary>
internal sealed class PushMatcher(PushFilter filter)
{
    private readonly ChannelId[] _channels = [.. filter.Channels];
    private readonly string[] _categories = [.. filter.Categories];
    private readonly string[] _campaigns = [.. filter.Campaigns];

    /// <summary>The narrowest of what the filter names.</summary>
    public PushScope Scope { get; } = (filter.Channels.Count > 0 ? PushScope.Channel : PushScope.Global)
        | (filter.Categories.Count > 0 ? PushScope.Category : PushScope.Global)
        | (filter.Campaigns.Count > 0 ? PushScope.Campaign : PushScope.Global);

    public bool Matches(PushRequest request) =>
        (_channels.Length == 0 || _channels.AsSpan().Contains(request.Channel))
        && (_categories.Length == 0 || _categories.AsSpan().Contains(request.Category))
        && (_campaigns.Length == 0 || _campaigns.AsSpan().Contains(request.Campaign));

    /// <summary>The same filter over what stands in a ledger.</summary>
    public ImmutableArray<ImmutableArray<LedgerLabel>> ToGroups()
    {
        ImmutableArray<LedgerLabel>[] groups =
        [
            [.. _channels.Select(PushLabels.Channel)],
            [.. _categories.Select(PushLabels.Category)],
            [.. _campaigns.Select(PushLabels.Campaign)],
        ];
        return [.. groups.Where(group => !group.IsEmpty)];
    }
}
