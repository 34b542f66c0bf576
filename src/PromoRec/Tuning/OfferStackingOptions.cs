using PromoRec.Models.Hybrid;
using PromoRec.Ranking;
using PromoRec.Training.Linear;

namespace PromoRec.Tuning;

/// <summary>How <see cref="OfferStackingTrainer"/> learns.</summary>
public sealed class OfferStackingOptions
{
    /// <summary>How the logistic model is trained. There are many offers and few that are taken, so that a small cost keeps weights from chasing single customers: C is 0.1 unless set.</summary>
    public LinearTrainingOptions Training { get; set; } = new() { Cost = 0.1 };

    /// <summary>By what the scores of members are divided: each customer's largest unless set.</summary>
    public StackingScale Scale { get; set; } = StackingScale.OfCustomer;

    /// <summary>Features of the declared schema that are not to be learnt from, such as "offer.redeemed" where what was redeemed before is printed bigger: none unless set. docs/math/hybrid.md lists them.</summary>
    public ISet<string> LeftOut { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How offers are ranked: those of the host that will use the model.</summary>
    public RankingOptions Ranking { get; set; } = new();

    /// <summary>
    /// Whether every customer counts the same, however many offers they took: each customer's offers then share the weight of one offer for each that was taken on average. True unless set,
    /// because rankings are measured by customer.
    /// </summary>
    public bool EqualCustomers { get; set; } = true;
}
