namespace PromoRec.Push.Duplicate;

/// <summary>How long the same is not pushed to a customer again.</summary>
public sealed class DuplicateOptions
{
    /// <summary>How long after an offer it is not pushed again, in whatever campaign and over whatever channel: one minute to 366 days, or zero for no such rule. Seven days unless set.</summary>
    public TimeSpan OfferCooldown { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long after a text, told by <see cref="PushRequest.ContentHash"/>, it is not pushed again: one minute to 30 days, or zero for no such rule. 24 hours unless set.</summary>
    public TimeSpan ContentWindow { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long an offer in one occurrence of a campaign is pushed over a channel once only, even if it is asked for under different keys: one minute to 30
    /// days, or zero for no such rule. 30 days unless set.
    /// </summary>
    public TimeSpan NaturalKeyWindow { get; set; } = TimeSpan.FromDays(30);
}
