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

    /// <summary>How offers are ranked: those of the host that will use the model. Its <see cref="RankingOptions.TargetSizeExponent"/> is kept with what was learnt; <see cref="LiveModel.Publish"/> refuses the model where another one is in use.</summary>
    public RankingOptions Ranking { get; set; } = new();

    /// <summary>
    /// Whether a customer who took many offers counts as much as one who took a single one. Then each example of a customer weighs 1 / (the number of offers that this customer took), so that the offers taken weigh 1 together for
    /// everybody; otherwise every example weighs 1. True unless set, because rankings are measured customer by customer.
    /// </summary>
    public bool EqualCustomers { get; set; } = true;
}
