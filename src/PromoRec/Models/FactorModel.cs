using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models;

/// <summary>A learnt vector for every customer and every item: the inner product of two predicts interest. Immutable; any number of threads may use it.</summary>
public sealed partial class FactorModel
{
    internal FactorModel(IdIndex users, IdIndex items, FactorMatrix userFactors, FactorMatrix itemFactors, ImplicitObjective objective, InteractionHistory history, ModelManifest manifest)
    {
        Users = users;
        Items = items;
        UserFactors = userFactors;
        ItemFactors = itemFactors;
        Objective = objective;
        History = history;
        Manifest = manifest;
    }

    /// <summary>Where the model comes from.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>Number of customers with a vector.</summary>
    public int UserCount => Users.Count;

    /// <summary>Number of items with a vector.</summary>
    public int ItemCount => Items.Count;

    /// <summary>Length of a vector.</summary>
    public int Factors => ItemFactors.Factors;

    internal IdIndex Users { get; }

    internal IdIndex Items { get; }

    /// <summary>Customers × factors.</summary>
    internal FactorMatrix UserFactors { get; }

    /// <summary>Items × factors.</summary>
    internal FactorMatrix ItemFactors { get; }

    /// <summary>The objective the factors minimise; folding in a customer minimises it too.</summary>
    internal ImplicitObjective Objective { get; }

    /// <summary>The interactions the model was trained on: they explain scores, count popularity and hide what was consumed.</summary>
    internal InteractionHistory History { get; }
}
