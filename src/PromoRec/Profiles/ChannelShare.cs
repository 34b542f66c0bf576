namespace PromoRec.Profiles;

/// <summary>How much of what a customer does happens over one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Share">Its share of the decayed events whose channel is known: above 0, at most 1.</param>
public readonly record struct ChannelShare(ChannelId Channel, double Share);
