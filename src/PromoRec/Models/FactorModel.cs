using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models;

/// <summary>A learnt vector for every customer and every item: the inner product of two predicts interest. Immutable; any number of threads may use it.</summary>
public sealed partial class FactorModel : RecommendationModel
{
    internal FactorModel(IdIndex users, IdIndex items, FactorMatrix userFactors, FactorMatrix itemFactors, ImplicitObjective objective, InteractionHistory history, ModelManifest manifest)
        : base(users, items, history, manifest)
    {
        UserFactors = userFactors;
        ItemFactors = itemFactors;
        Objective = objective;
        _itemIndex = new Lazy<InnerProductIndex>(() => InnerProductIndex.Of(itemFactors));
    }

    /// <summary>Length of a vector.</summary>
    public int Factors => ItemFactors.Factors;

    /// <summary>Customers × factors.</summary>
    internal FactorMatrix UserFactors { get; }

    /// <summary>Items × factors.</summary>
    internal FactorMatrix ItemFactors { get; }

    /// <summary>The objective the factors minimise; folding in a customer minimises it too.</summary>
    internal ImplicitObjective Objective { get; }
}
