namespace PromoRec.Push.Cooldown;

/// <summary>How long an offer is not pushed to a customer who has redeemed or dismissed it.</summary>
public sealed class CooldownOptions
{
    /// <summary>Its name in traces, 1 to 64 characters; a name made of the rule, such as "cooldown:redeemed:30d", unless set.</summary>
    public string? Name { get; set; }

    /// <summary>What it follows: redeeming unless set.</summary>
    public CustomerFactKind After { get; set; } = CustomerFactKind.Redeemed;

    /// <summary>How long it lasts: one minute to 366 days, 30 days unless set.</summary>
    public TimeSpan Length { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Whether it is about every offer, and not only about the one that was redeemed or dismissed. False unless set.</summary>
    public bool AnyOffer { get; set; }

    /// <summary>The pushes it is for: all of them unless set.</summary>
    public PushFilter AppliesTo { get; } = new();
}
