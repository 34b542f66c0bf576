using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Evaluation;

/// <summary>Something that scores all items for a customer, as <see cref="RankingEvaluator"/> sees it: a model, or the popularity baseline. Immutable.</summary>
public abstract class ItemScorer
{
    private readonly ReadOnlyMemory<float> _popularity;

    private protected ItemScorer(IdIndex users, IdIndex items, CsrMatrix seen, ReadOnlyMemory<float> popularity)
    {
        Users = users;
        Items = items;
        Seen = seen;

        // A model that was imported has no history: without popularity all items are equally popular.
        _popularity = popularity.Length == items.Count ? popularity : new float[items.Count];
    }

    /// <summary>Number of items it can rank.</summary>
    public int ItemCount => Items.Count;

    /// <summary>Number of customers it knows.</summary>
    public int UserCount => Users.Count;

    internal IdIndex Users { get; }

    internal IdIndex Items { get; }

    /// <summary>Customers × items: what each customer has in the training data.</summary>
    internal CsrMatrix Seen { get; }

    /// <summary>For every item the number of customers with a positive value.</summary>
    internal ReadOnlySpan<float> PopularityOfItems => _popularity.Span;

    /// <summary>The scores for customers whom nobody knows: popularity, unless a model knows better.</summary>
    internal virtual ReadOnlySpan<float> ScoresOfNobody => PopularityOfItems;

    /// <summary>Scores with a model.</summary>
    public static ItemScorer FromModel(RecommendationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model is FactorModel factors ? new FactorScorer(factors) : new ModelScorer(model);
    }

    /// <summary>The popularity baseline over a model's training data: the same ranking for everybody, by number of customers.</summary>
    public static ItemScorer Popularity(RecommendationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new PopularityScorer(model.Users, model.Items, model.History.ByUser, model.History.ItemPopularity);
    }

    /// <summary>The popularity baseline over a dataset: the same ranking for everybody, by number of customers with a positive value.</summary>
    public static ItemScorer Popularity(InteractionDataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        return new PopularityScorer(train.Users, train.Items, train.ByUser, ItemPopularity.Of(train.ByUser));
    }

    /// <summary>The score of one item for a customer of the model. The same bits as in a block.</summary>
    internal abstract float Score(int userRow, int itemRow);

    /// <summary>The scores of some items for a customer of the model. The same bits as one by one.</summary>
    internal virtual void Score(int userRow, ReadOnlySpan<int> itemRows, Span<float> scores)
    {
        for (int i = 0; i < itemRows.Length; i++)
        {
            scores[i] = Score(userRow, itemRows[i]);
        }
    }

    /// <summary>What one thread needs to score blocks of up to <paramref name="capacity"/> customers.</summary>
    internal abstract BlockScorer CreateBlockScorer(int capacity);
}
