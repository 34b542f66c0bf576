using System.Globalization;
using PromoRec.Evaluation;
using PromoRec.Models.Hybrid;

namespace PromoRec.Tuning;

/// <summary>How <see cref="HybridTrainer"/> weighs models against each other.</summary>
public sealed class HybridOptions
{
    /// <summary>
    /// Share of the events, the latest ones, on which models are compared; where no event has a time, share of the pairs of a customer and an item, drawn by <see cref="Seed"/>. Above 0 and below 1, 0.1
    /// unless set.
    /// </summary>
    public double ValidationShare { get; set; } = 0.1;

    /// <summary>
    /// How the scores of models become one: <see cref="HybridFusion.Weighted"/> unless set, <see cref="HybridFusion.WeightedRoots"/> or <see cref="HybridFusion.ReciprocalRank"/>. Weights and ladder are those of this fusion. What is stacked is learnt from offers,
    /// by <see cref="OfferStackingTrainer"/>.
    /// </summary>
    public HybridFusion Fusion { get; set; } = HybridFusion.Weighted;

    /// <summary>What is to be high: NDCG@10 unless set. It decides about the weights and about the ladder. A metric that every customer has, with a cutoff: not AUC, coverage or novelty.</summary>
    public RankingMetric Metric { get; set; } = new(RankingMetricKind.Ndcg, 10);

    /// <summary>Whether items that a customer has already are ranked for them too: for shops where the same things are bought again. False unless set; members of repeat purchases then find nothing to be good for.</summary>
    public bool RankSeenItems { get; set; }

    /// <summary>How many weights are tried at random: 0 to 100,000, 200 unless set. The best of them is then improved a member at a time.</summary>
    public int Trials { get; set; } = 200;

    /// <summary>Most customers on whom weights are tried: 1 or more, 2,000 unless set. The ladder is measured on all.</summary>
    public int MaxCustomers { get; set; } = 2_000;

    /// <summary>Seed of the trials, of the choice of customers, and of the pairs that are held out where no event has a time.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Throws when an option is out of range, naming every one that is.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        List<string> faults = [];
        Require(ValidationShare is > 0 and < 1, nameof(ValidationShare), ValidationShare, "above 0 and below 1");
        Require(Fusion is HybridFusion.Weighted or HybridFusion.WeightedRoots or HybridFusion.ReciprocalRank, nameof(Fusion), Fusion, $"{HybridFusion.Weighted}, {HybridFusion.WeightedRoots} or {HybridFusion.ReciprocalRank}");
        Require(Metric.IsPerUser && Metric.Kind != RankingMetricKind.Novelty && Metric.Cutoff >= 1, nameof(Metric), Metric, "a metric that every customer has, with a cutoff");
        Require(Trials is >= 0 and <= 100_000, nameof(Trials), Trials, "0 to 100,000");
        Require(MaxCustomers >= 1, nameof(MaxCustomers), MaxCustomers, "1 or more");
        if (faults.Count > 0)
        {
            throw new ArgumentException($"These options of a hybrid are out of range: {string.Join("; ", faults)}.");
        }

        void Require(bool holds, string name, object value, string allowed)
        {
            if (!holds)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} must be {allowed}, but is {value}"));
            }
        }
    }

    internal HybridOptions Copy() => (HybridOptions)MemberwiseClone();
}
