using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Push.Offers;

/// <summary>What holds for the limits of all offers of a shop.</summary>
public sealed class OfferLimitOptions
{
    /// <summary>The shop's time zone, an IANA name: budgets start anew by its calendar, and hours go by it unless an offer says otherwise. "UTC" unless set.</summary>
    public string ShopZone { get; set; } = "UTC";

    /// <summary>On which day weekly budgets start anew: Monday unless set.</summary>
    public DayOfWeek WeekStart { get; set; } = DayOfWeek.Monday;

    /// <summary>The shop's currency, three letters of ISO 4217. Unless set, a basket's currency is only compared where an offer has one of its own.</summary>
    public string? Currency { get; set; }

    /// <summary>How many decimals prices of the currency have: 0 to 4, 2 unless set. Shares of a price are rounded to them, halves up.</summary>
    public int CurrencyDecimals { get; set; } = 2;

    /// <summary>How long a cart holds what it has reserved: one second to seven days, 15 minutes unless set, because carts hoard.</summary>
    public TimeSpan ReservationTimeToLive { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The secret under which customers, identifiers and sessions become pseudonyms in the names of their budgets: 16 bytes or more, needed once an offer has
    /// such a budget. With another secret, all of these budgets start anew.
    /// </summary>
    public ReadOnlyMemory<byte> PseudonymKey { get; set; }

    /// <summary>The stacking groups, in the order in which they are applied to a basket; offers without a group come last.</summary>
    public IList<StackingGroup> Groups { get; } = [];

    /// <summary>Whether several offers may reduce one item.</summary>
    public ProductStacking ProductStacking { get; set; }

    /// <summary>The segment that a customer must be in for an offer for members that names no segments: "member" unless set.</summary>
    public string MemberSegment { get; set; } = "member";

    /// <summary>Which announcements of a reduction of named items need a reference price that is the lowest of thirty days.</summary>
    public PriceClaimCheck PriceClaims { get; set; }

    /// <summary>Countries in which they need it, two letters of ISO 3166-1; everywhere unless set. A customer whose country is not known counts as being in one.</summary>
    public IList<string> PriceClaimCountries { get; } = [];

    /// <summary>What share of those to whom an offer is pushed will redeem it: above 0 and at most 1. 1, the safe side, unless set.</summary>
    public decimal RedemptionRate { get; set; } = 1;

    /// <summary>By what share of what is left of a budget the redemptions expected from pushes may exceed it: 0 to 10, 0 unless set.</summary>
    public decimal Overbook { get; set; }

    /// <summary>For how many days, the day of the push included, a redemption is expected: 1 to 31, 7 unless set. After that a push no longer counts against the budget.</summary>
    public int AnswerDays { get; set; } = 7;
}
