using PromoRec.Push.Ledger;

namespace PromoRec.Push.Caps;

/// <summary>Finds the labels that a cap counts for a push.</summary>
internal sealed class CapScope(PushScope scope, string? keyName)
{
    /// <summary>Most labels there can be.</summary>
    public const int MaxLabels = 6;

    private readonly ulong _keyKind = keyName is null ? 0 : PushLabels.KindOfKey(keyName);

    public PushScope Scope => scope;

    /// <summary>Writes the labels that an entry must carry to be counted for a push.</summary>
    /// <returns>How many there are; 0 when the push has not what is counted by, so that the cap leaves it alone.</returns>
    public int Fill(PushRequest request, Span<LedgerLabel> labels)
    {
        bool isOfChannel = scope.HasFlag(PushScope.Channel);
        if (request.IsFollowUp && !isOfChannel)
        {
            return 0;
        }

        int count = 0;
        labels[count++] = isOfChannel ? PushLabels.CountedInChannel : PushLabels.Counted;
        if (isOfChannel)
        {
            labels[count++] = PushLabels.Channel(request.Channel);
        }

        if (scope.HasFlag(PushScope.Category))
        {
            labels[count++] = PushLabels.Category(request.Category);
        }

        if (scope.HasFlag(PushScope.Campaign))
        {
            labels[count++] = PushLabels.Campaign(request.Campaign);
        }

        if (scope.HasFlag(PushScope.Offer))
        {
            labels[count++] = PushLabels.Offer(request.Offer.Id);
        }

        if (scope.HasFlag(PushScope.Key) && KeyOf(request) is { } value)
        {
            labels[count++] = PushLabels.Key(_keyKind, value);
        }

        return HasAll(request) ? count : 0;
    }

    private bool HasAll(PushRequest request) =>
        (!scope.HasFlag(PushScope.Category) || request.Category.Length > 0)
        && (!scope.HasFlag(PushScope.Campaign) || request.Campaign.Length > 0)
        && (!scope.HasFlag(PushScope.Key) || KeyOf(request) is not null);

    private string? KeyOf(PushRequest request)
    {
        foreach ((string name, string value) in request.Keys)
        {
            if (string.Equals(name, keyName, StringComparison.Ordinal))
            {
                return value;
            }
        }

        return null;
    }
}
