namespace PromoRec.Testing.Conformance.Channels;

/// <summary>A check of a channel.</summary>
internal sealed record ChannelCheck(string Name, string Promise, Func<ChannelProbe, Task> Body, ChannelAbilities Abilities = ChannelAbilities.None)
    : CheckDefinition(Name, Promise, (int)Abilities);
