using System.Globalization;

namespace PromoRec.Testing.Simulation;

/// <summary>The size and the nature of a simulated shop. The same options give the same shop and the same events.</summary>
public sealed class SimulatorOptions
{
    /// <summary>Customers: 1 to 10,000,000, 2,000 unless set.</summary>
    public int Customers { get; set; } = 2_000;

    /// <summary>Items: 1 to 10,000,000, 500 unless set.</summary>
    public int Items { get; set; } = 500;

    /// <summary>
    /// Events of all kinds together: 100 to 1,000,000,000, 100,000 unless set. The simulation ends with the event that reaches this number,
    /// shortly before the <see cref="Days"/> are over.
    /// </summary>
    public long Interactions { get; set; } = 100_000;

    /// <summary>Seed of every random number. 1 unless set.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>First instant of the simulation: 2026-01-01 00:00 UTC unless set. The clock is never asked. Taken in UTC, at the start of its hour.</summary>
    public DateTimeOffset Start { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Days that the customers' activity is spread over: 1 to 3,650, 90 unless set.</summary>
    public int Days { get; set; } = 90;

    /// <summary>Categories: 1 to 500, 20 unless set. A shop with fewer items has one category for each item.</summary>
    public int Categories { get; set; } = 20;

    /// <summary>Brands: 1 to 5,000, 40 unless set.</summary>
    public int Brands { get; set; } = 40;

    /// <summary>Exponent of the power law that items' popularity follows: the weight of rank r is r to the power of minus this. 0 to 3, 0.8 unless set.</summary>
    public double PopularityExponent { get; set; } = 0.8;

    /// <summary>Standard deviation of the logarithm of customers' activity: 0 (all alike) to 3, 1 unless set.</summary>
    public double ActivitySpread { get; set; } = 1;

    /// <summary>How much customers' tastes differ: 0 (everybody buys what is popular) to 4, 1.8 unless set.</summary>
    public double TasteStrength { get; set; } = 1.8;

    /// <summary>Mean share of views that go to the customer's own few favourite items: 0 to 0.9, 0.3 unless set.</summary>
    public double Loyalty { get; set; } = 0.3;

    /// <summary>Share of customers who leave for good before the end: 0 to 1, 0.2 unless set.</summary>
    public double ChurnShare { get; set; } = 0.2;

    /// <summary>Share of customers who agreed to pushes on at least one channel: 0 to 1, 0.8 unless set.</summary>
    public double ConsentShare { get; set; } = 0.8;

    /// <summary>
    /// Share of the events that come from pushes (impressions, reactions, redemptions and what they buy), roughly: 0 to 0.9, 0.1 unless set.
    /// It is less where a customer would be pushed more than twice a day.
    /// </summary>
    public double PushShare { get; set; } = 0.1;

    /// <summary>Share of the chosen pushes that are held back at random, so that uplift can be estimated: 0 to 0.9, 0.1 unless set.</summary>
    public double HoldoutShare { get; set; } = 0.1;

    /// <summary>Share of the logging policy's choices that are uniform over the eligible offers: above 0 and at most 1, 0.2 unless set.</summary>
    public double Exploration { get; set; } = 0.2;

    /// <summary>Campaigns: 1 to 10,000; one a week, rounded up, where it is null, as it is unless set.</summary>
    public int? Campaigns { get; set; }

    /// <summary>Offers of each campaign: 1 to 10,000, 12 unless set.</summary>
    public int OffersPerCampaign { get; set; } = 12;

    /// <summary>A checked copy, so that what the host sets later changes nothing.</summary>
    internal SimulatorOptions Checked(string parameterName)
    {
        Check(Customers, 1, 10_000_000, nameof(Customers));
        Check(Items, 1, 10_000_000, nameof(Items));
        Check(Interactions, 100, 1_000_000_000, nameof(Interactions));
        Check(Start.UtcDateTime.Year, 1971, 9000, nameof(Start) + "." + nameof(Start.Year));
        Check(Days, 1, 3_650, nameof(Days));
        Check(Categories, 1, 500, nameof(Categories));
        Check((double)Customers * Math.Min(Categories, Items), 1, Array.MaxLength, nameof(Customers) + " times " + nameof(Categories));
        Check(Brands, 1, 5_000, nameof(Brands));
        Check(PopularityExponent, 0, 3, nameof(PopularityExponent));
        Check(ActivitySpread, 0, 3, nameof(ActivitySpread));
        Check(TasteStrength, 0, 4, nameof(TasteStrength));
        Check(Loyalty, 0, 0.9, nameof(Loyalty));
        Check(ChurnShare, 0, 1, nameof(ChurnShare));
        Check(ConsentShare, 0, 1, nameof(ConsentShare));
        Check(PushShare, 0, 0.9, nameof(PushShare));
        Check(HoldoutShare, 0, 0.9, nameof(HoldoutShare));
        Check(Exploration, 1e-6, 1, nameof(Exploration));
        Check(Campaigns ?? 1, 1, 10_000, nameof(Campaigns));
        Check(OffersPerCampaign, 1, 10_000, nameof(OffersPerCampaign));
        Check((Campaigns ?? 1) * (double)OffersPerCampaign, 1, 1_000_000, nameof(Campaigns) + " times " + nameof(OffersPerCampaign));

        var copy = (SimulatorOptions)MemberwiseClone();
        copy.Start = new DateTimeOffset(Start.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
        copy.Campaigns = Campaigns ?? ((Days + 6) / 7);
        return copy;

        void Check(double value, double min, double max, string name)
        {
            // Written so that NaN is refused too.
            if (!(value >= min && value <= max))
            {
                throw new ArgumentOutOfRangeException(
                    parameterName,
                    string.Create(CultureInfo.InvariantCulture, $"SimulatorOptions.{name} is {value}, but must be from {min} to {max}. Set it to a value in that range."));
            }
        }
    }
}
