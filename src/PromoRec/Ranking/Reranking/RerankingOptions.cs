using System.Globalization;

namespace PromoRec.Ranking.Reranking;

/// <summary>What else decides about places beside the score. With everything at 0, as it is unless set, the order is the pure score and nothing of this is computed.</summary>
/// <remarks>
/// <para>
/// Places are filled from the first to the last. Each goes to the offer of the pool with the largest
/// (1 - <see cref="Diversity"/>) · u - <see cref="Diversity"/> · s, where u = (1 - <see cref="MarginWeight"/>) · score +
/// <see cref="MarginWeight"/> · margin - <see cref="PopularityDamping"/> · popularity, each scaled to 0 to 1 over the pool, and s is the
/// likeness to the most alike of the offers that have places already. Where the ranking goes by <see cref="RankBy.ExpectedValue"/>, that stands for the score. Limits are never exceeded; minima of quotas, the floor of merchants and
/// exploration then take places from better offers. The scores that a ranking returns stay what they were.
/// </para>
/// <para>Each knob with what it does to the order: docs/guide/reranking.md.</para>
/// </remarks>
public sealed class RerankingOptions
{
    /// <summary>The most quotas.</summary>
    public const int MostQuotas = 16;

    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(3650);

    /// <summary>
    /// How far likeness to offers with better places is held against an offer: 0 to 1, 0 unless set. 1 takes the least alike, whatever its score. Likeness
    /// is the Jaccard index of the categories, brands and items at which two offers aim. Source: maximal marginal relevance, Carbonell and
    /// Goldstein, SIGIR 1998, with λ = 1 - diversity.
    /// </summary>
    public double Diversity { get; set; }

    /// <summary>Most offers of one category: 0 to 10,000; 0, as it is unless set, for no limit. An offer in several categories counts in each.</summary>
    public int MaxPerCategory { get; set; }

    /// <summary>Most offers of one brand: 0 to 10,000; 0, as it is unless set, for no limit. An offer of several brands counts in each.</summary>
    public int MaxPerBrand { get; set; }

    /// <summary>Places that offers of one sort get at least and at most: up to 16. Where not all minima can be met, the earlier quota goes first. None unless set.</summary>
    public IList<SlotQuota> Quotas { get; } = [];

    /// <summary>Share of <see cref="Offer.Margin"/> in what decides: 0 to 1, 0 unless set; 1 leaves the score out. An offer without a margin counts as one with margin 0. <see cref="RankBy.ExpectedValue"/> goes by the margin in another way: set one of the two.</summary>
    public double MarginWeight { get; set; }

    /// <summary>How far the popularity of what an offer aims at is held against it: 0 to 1, 0 unless set. 1 takes from the most popular as much as the best score gives.</summary>
    public double PopularityDamping { get; set; }

    /// <summary>
    /// Share of the places served by this process that each merchant with offers gets at least: 0 to 1, 0 unless set. Where a merchant has had less of the last
    /// <see cref="MerchantWindow"/> places, its best offer in the pool gets one of the last places. Where the floors of all merchants
    /// come to more than there is, the one who lacks most goes first.
    /// </summary>
    public double MerchantFloor { get; set; }

    /// <summary>Over how many of the last places served the floor of merchants is counted: 1 to 1,000,000, 10,000 unless set.</summary>
    public int MerchantWindow { get; set; } = 10_000;

    /// <summary>
    /// Share of all places that new offers get by draw, whatever their score: 0 to 0.5, 0 unless set. Every place is drawn on its own, so that the share holds on
    /// average as long as there are new offers; which of them it is, is drawn too, each equally likely. New offers may win further places by their score.
    /// </summary>
    public double ExplorationShare { get; set; }

    /// <summary>How long an offer is new, from its <see cref="Offer.ValidFrom"/> on: above 0, up to 3650 days, 7 days unless set. An offer without a start is never new.</summary>
    public TimeSpan ExplorationAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// For how long a customer's draws stay the same, so that a page that is loaded again shows the same offers: 1 second to 3650 days, 1 hour unless
    /// set. Counted from midnight of 1 January 0001 UTC.
    /// </summary>
    public TimeSpan ExplorationPeriod { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Decides the draws together with the customer, the period and the place: processes with the same seed draw the same. 1 unless set.</summary>
    public ulong ExplorationSeed { get; set; } = 1;

    /// <summary>
    /// How many of the best offers are looked at: 1 to 10,000, 200 unless set, and at least as many as there are places. Where limits or minima need more, so many more are
    /// looked at, up to the whole catalog.
    /// </summary>
    public int PoolSize { get; set; } = 200;

    /// <summary>How many offers the searches for minima of one request may look at, all together. What is left undecided then is decided by what quotas lack.</summary>
    internal int MostLooks { get; set; } = 100_000;

    /// <summary>Whether everything is at 0.</summary>
    internal bool ChangesNothing =>
        Diversity == 0 && MaxPerCategory == 0 && MaxPerBrand == 0 && Quotas.Count == 0 && MarginWeight == 0 && PopularityDamping == 0 && MerchantFloor == 0 && ExplorationShare == 0;

    internal RerankingOptions Copy()
    {
        var copy = new RerankingOptions
        {
            Diversity = Diversity,
            MaxPerCategory = MaxPerCategory,
            MaxPerBrand = MaxPerBrand,
            MarginWeight = MarginWeight,
            PopularityDamping = PopularityDamping,
            MerchantFloor = MerchantFloor,
            MerchantWindow = MerchantWindow,
            ExplorationShare = ExplorationShare,
            ExplorationAge = ExplorationAge,
            ExplorationPeriod = ExplorationPeriod,
            ExplorationSeed = ExplorationSeed,
            PoolSize = PoolSize,
            MostLooks = MostLooks,
        };
        foreach (SlotQuota quota in Quotas)
        {
            copy.Quotas.Add(quota.Copy());
        }

        return copy;
    }

    /// <summary>Everything that is outside of its range, by property.</summary>
    internal IEnumerable<(string Property, string Fault)> Faults()
    {
        foreach ((string name, double value, double most) in Shares())
        {
            if (!(value >= 0 && value <= most))
            {
                yield return (name, Text($"must be from 0 to {most}, but is {value}"));
            }
        }

        foreach ((string name, int value, int least, int most) in Numbers())
        {
            if (value < least || value > most)
            {
                yield return (name, Text($"must be from {least} to {most}, but is {value}"));
            }
        }

        if (ExplorationAge <= TimeSpan.Zero || ExplorationAge > LongestTime)
        {
            yield return (nameof(ExplorationAge), Text($"must be above 0 and at most 3650 days, but is {ExplorationAge}"));
        }

        if (ExplorationPeriod < TimeSpan.FromSeconds(1) || ExplorationPeriod > LongestTime)
        {
            yield return (nameof(ExplorationPeriod), Text($"must be from 1 second to 3650 days, but is {ExplorationPeriod}"));
        }

        if (Quotas.Count > MostQuotas)
        {
            yield return (nameof(Quotas), Text($"may have at most {MostQuotas} quotas, but has {Quotas.Count}"));
        }

        for (int i = 0; i < Quotas.Count; i++)
        {
            string name = Text($"{nameof(Quotas)}[{i}]");
            foreach (string fault in Quotas[i] is { } quota ? quota.Faults() : ["is null; leave it out"])
            {
                yield return (name, fault);
            }
        }
    }

    private (string Name, double Value, double Most)[] Shares() =>
    [
        (nameof(Diversity), Diversity, 1),
        (nameof(MarginWeight), MarginWeight, 1),
        (nameof(PopularityDamping), PopularityDamping, 1),
        (nameof(MerchantFloor), MerchantFloor, 1),
        (nameof(ExplorationShare), ExplorationShare, 0.5),
    ];

    private (string Name, int Value, int Least, int Most)[] Numbers() =>
    [
        (nameof(MaxPerCategory), MaxPerCategory, 0, RankRequest.MaxCount),
        (nameof(MaxPerBrand), MaxPerBrand, 0, RankRequest.MaxCount),
        (nameof(MerchantWindow), MerchantWindow, 1, 1_000_000),
        (nameof(PoolSize), PoolSize, 1, RankRequest.MaxCount),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
