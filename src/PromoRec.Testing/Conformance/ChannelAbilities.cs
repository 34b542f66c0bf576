namespace PromoRec.Testing.Conformance;

/// <summary>What the author of a channel lets the suite do with its provider. A check that needs more is skipped, and the suite says so.</summary>
[Flags]
public enum ChannelAbilities
{
    /// <summary>Nothing but sending.</summary>
    None = 0,

    /// <summary>The suite can read which messages the provider has taken.</summary>
    ShowsDeliveries = 1 << 0,

    /// <summary>The suite can say how the provider behaves.</summary>
    ScriptsProvider = 1 << 1,
}
