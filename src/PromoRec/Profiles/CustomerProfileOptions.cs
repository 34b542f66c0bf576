using System.Globalization;
using PromoRec.Interactions;

namespace PromoRec.Profiles;

/// <summary>How customers' profiles are worked out, and how much is kept for them.</summary>
public sealed class CustomerProfileOptions
{
    /// <summary>What each kind of event says about taste. In a container, the weights of <c>PromoRecOptions</c> unless set. Events of other kinds, and of weight 0, are not kept, except purchases and redemptions.</summary>
    public InteractionWeights Weights { get; set; } = new();

    /// <summary>Age at which an event counts half, for kinds whose weight has no half-life of its own: one minute to 36,500 days, 90 days unless set.</summary>
    public TimeSpan HalfLife { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How far back purchases count for frequency, monetary value and discounts: one minute to 36,500 days, 365 days unless set.</summary>
    public TimeSpan PurchaseWindow { get; set; } = TimeSpan.FromDays(365);

    /// <summary>The time zone of customers whose own is not known, a name that the machine knows, such as "Europe/Vienna". "UTC" unless set.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>
    /// Tells a customer's own time zone; null, or a name that the machine does not know, for <see cref="TimeZone"/>. It is called whenever a profile
    /// is read, from any thread: answer from memory. Everybody is in <see cref="TimeZone"/> unless set.
    /// </summary>
    public Func<UserId, string?>? ZoneOf { get; set; }

    /// <summary>The share of discounted orders that is expected of a customer of whom nothing is known: 0 to 1, 0.25 unless set.</summary>
    public double DiscountPriorShare { get; set; } = 0.25;

    /// <summary>How many orders that expectation is worth: above 0 to 1,000,000, 4 unless set.</summary>
    public double DiscountPriorOrders { get; set; } = 4;

    /// <summary>How many purchases the expectation that customers buy in the middle of prices is worth: above 0 to 1,000,000, 2 unless set.</summary>
    public double PricePriorPurchases { get; set; } = 2;

    /// <summary>How many events the expectation that all hours are alike is worth: above 0 to 1,000,000, 2 unless set.</summary>
    public double HourPriorEvents { get; set; } = 2;

    /// <summary>
    /// For how many customers events are kept: 1 to 10,000,000, 50,000 unless set. Above it, those whose latest event or tag is oldest are dropped, an eighth of
    /// all at a time, with everything that is known of them. No order of arrival matters until then.
    /// </summary>
    public int MaxCustomers { get; set; } = 50_000;

    /// <summary>
    /// How many events are kept for each: 1 to 100,000, 1,000 unless set; an event takes about 100 bytes, its id and details as many again. Above it, the oldest are dropped, first of those that are neither
    /// purchases nor redemptions. No order of arrival matters for that.
    /// </summary>
    public int MaxEventsPerCustomer { get; set; } = 1_000;

    /// <summary>How many tags are kept for each, those taken back among them: 1 to 10,000, 100 unless set. Above it, the oldest are dropped.</summary>
    public int MaxTagsPerCustomer { get; set; } = 100;

    /// <summary>Most clusters: 1 to 1,000, 8 unless set.</summary>
    public int Clusters { get; set; } = 8;

    /// <summary>On how many categories and brands the clusters rest: those that most customers have an interest in. 1 to 4,096, 64 unless set.</summary>
    public int ClusterFeatures { get; set; } = 64;

    /// <summary>From how many sets of first centroids the clusters begin; the best outcome is kept. 1 to 100, 4 unless set.</summary>
    public int ClusterStarts { get; set; } = 4;

    /// <summary>Decides the first centroids. Any number, 0 unless set.</summary>
    public ulong ClusterSeed { get; set; }

    /// <summary>Threads for working out segments: 1 or more, or 0 for one a processor. Nothing depends on it but the time. 0 unless set.</summary>
    public int Threads { get; set; }

    /// <summary>Throws when an option is out of range, naming every one that is.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0)
        {
            throw new ArgumentException($"These options of customer profiles are out of range: {string.Join("; ", faults)}.");
        }
    }

    internal IEnumerable<string> Faults()
    {
        List<string> faults = [];
        faults.AddRange(Weights?.Faults() ?? [$"{nameof(Weights)} must not be null; a new InteractionWeights has the defaults"]);
        Require(IsLength(HalfLife), nameof(HalfLife), HalfLife, "from one minute to 36,500 days");
        Require(IsLength(PurchaseWindow), nameof(PurchaseWindow), PurchaseWindow, "from one minute to 36,500 days");
        Require(TimeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _), nameof(TimeZone), TimeZone ?? "null", "a time zone that this machine knows");
        Require(DiscountPriorShare is >= 0 and <= 1, nameof(DiscountPriorShare), DiscountPriorShare, "from 0 to 1");
        Require(IsPrior(DiscountPriorOrders), nameof(DiscountPriorOrders), DiscountPriorOrders, "above 0 and at most 1,000,000");
        Require(IsPrior(PricePriorPurchases), nameof(PricePriorPurchases), PricePriorPurchases, "above 0 and at most 1,000,000");
        Require(IsPrior(HourPriorEvents), nameof(HourPriorEvents), HourPriorEvents, "above 0 and at most 1,000,000");
        Require(MaxCustomers is >= 1 and <= 10_000_000, nameof(MaxCustomers), MaxCustomers, "from 1 to 10,000,000");
        Require(MaxEventsPerCustomer is >= 1 and <= 100_000, nameof(MaxEventsPerCustomer), MaxEventsPerCustomer, "from 1 to 100,000");
        Require(MaxTagsPerCustomer is >= 1 and <= 10_000, nameof(MaxTagsPerCustomer), MaxTagsPerCustomer, "from 1 to 10,000");
        Require(Clusters is >= 1 and <= 1_000, nameof(Clusters), Clusters, "from 1 to 1,000");
        Require(ClusterFeatures is >= 1 and <= 4_096, nameof(ClusterFeatures), ClusterFeatures, "from 1 to 4,096");
        Require(ClusterStarts is >= 1 and <= 100, nameof(ClusterStarts), ClusterStarts, "from 1 to 100");
        Require(Threads >= 0, nameof(Threads), Threads, "0 or above");
        return faults;

        void Require(bool holds, string name, object value, string allowed)
        {
            if (!holds)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} must be {allowed}, but is {value}"));
            }
        }
    }

    internal CustomerProfileOptions Copy()
    {
        var copy = (CustomerProfileOptions)MemberwiseClone();
        copy.Weights = Weights.Copy();
        return copy;
    }

    private static bool IsLength(TimeSpan length) => length >= TimeSpan.FromMinutes(1) && length <= TimeSpan.FromDays(36_500);

    private static bool IsPrior(double count) => count is > 0 and <= 1_000_000;
}
