namespace PromoRec.Testing.Simulation;

/// <summary>A customer with the truth about them.</summary>
public sealed record SimulatedCustomer
{
    /// <summary>The customer's number, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>The customer's id, such as <c>c000123</c>.</summary>
    public required UserId Id { get; init; }

    /// <summary>Eight coordinates, each standard normal; θ(category) grows with the exponential of its product with the category's direction.</summary>
    public required IReadOnlyList<double> Taste { get; init; }

    /// <summary>θ: share of each category, in the order of <see cref="ShopSimulator.Categories"/>, among the views that do not go to favourites. Sums to 1.</summary>
    public required IReadOnlyList<double> CategoryShares { get; init; }

    /// <summary>How much each <see cref="ItemTier"/> is favoured over the shop's popularity, up to a common factor.</summary>
    public required IReadOnlyList<double> TierBoosts { get; init; }

    /// <summary>Numbers of the six items that the customer comes back to; one may be listed more than once.</summary>
    public required IReadOnlyList<int> Favourites { get; init; }

    /// <summary>ℓ: share of views that go to the favourites.</summary>
    public required double Loyalty { get; init; }

    /// <summary>0, who never looks at a price, to 1.</summary>
    public required double PriceSensitivity { get; init; }

    /// <summary>Mean visits a day while active.</summary>
    public required double SessionsPerDay { get; init; }

    /// <summary>IANA name of the time zone that the customer lives in.</summary>
    public required string TimeZone { get; init; }

    /// <summary>First local hour of activity, 0 to 23.</summary>
    public required int ActiveFromHour { get; init; }

    /// <summary>Hours of activity a day, which may go past midnight. Visits start within them.</summary>
    public required int ActiveHours { get; init; }

    /// <summary>When the customer came to the shop.</summary>
    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>When the customer left for good; null for one who stays.</summary>
    public required DateTimeOffset? ChurnsAt { get; init; }

    /// <summary>Channels that the customer agreed to; no others are ever used.</summary>
    public required IReadOnlyList<SimulatedChannel> Consents { get; init; }

    /// <summary>What each <see cref="SimulatedChannel"/> adds to the log-odds of a pushed redemption.</summary>
    public required IReadOnlyList<double> ChannelTastes { get; init; }

    /// <summary>What being pushed adds to the log-odds of redemption, apart from channel, hour and fatigue; negative for those whom pushes annoy.</summary>
    public required double Responsiveness { get; init; }

    /// <summary>What the customer adds to the log-odds of unsubscribing after dismissing.</summary>
    public required double OptOutTendency { get; init; }

    /// <summary>Which of <c>member</c>, <c>vip</c> and <c>new</c> the customer is.</summary>
    public required IReadOnlyList<string> Segments { get; init; }
}
