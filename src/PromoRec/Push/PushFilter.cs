namespace PromoRec.Push;

/// <summary>Chooses pushes by what they are. Where a list is empty, everything matches it; a push has to match all lists.</summary>
public sealed class PushFilter
{
    /// <summary>The channels; all of them unless set.</summary>
    public ISet<ChannelId> Channels { get; } = new HashSet<ChannelId>();

    /// <summary>The categories, compared ordinally; all of them, and pushes without one, unless set.</summary>
    public ISet<string> Categories { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The campaigns, compared ordinally; all of them, and pushes without one, unless set.</summary>
    public ISet<string> Campaigns { get; } = new HashSet<string>(StringComparer.Ordinal);
}
