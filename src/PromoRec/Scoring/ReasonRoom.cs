using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>Takes the reasons for one offer, and leaves out those that were given before.</summary>
/// <param name="items">The items of the model in use, by row.</param>
/// <param name="capacity">How many reasons fit, 0 to <see cref="RankReasons.Capacity"/>.</param>
internal struct ReasonRoom(IdIndex items, int capacity)
{
    private RankReasons _reasons;

    public readonly RankReasons Reasons => _reasons;

    /// <summary>How many more fit.</summary>
    public readonly int Left => capacity - _reasons.Count;

    public void Add(RankReasonKind kind, float weight, string? name = null) => Add(new RankReason(kind, default, weight, name));

    /// <summary>Adds reasons that were found in the rows of another model.</summary>
    public void Add(RankReasons found)
    {
        for (int i = 0; i < found.Count; i++)
        {
            Add(found[i]);
        }
    }

    /// <summary>Adds past items with their shares of the score.</summary>
    /// <param name="customer">Tells what was bought and what was only liked.</param>
    /// <param name="strongest">The items, strongest first, with what each contributes.</param>
    /// <param name="scale">Turns a contribution into its share of the score.</param>
    public void AddItems(scoped in KnownCustomer customer, scoped ReadOnlySpan<ScoredRow> strongest, float scale)
    {
        foreach ((int row, float contribution) in strongest)
        {
            RankReasonKind kind = customer.Consumed.BinarySearch(row) >= 0 ? RankReasonKind.BecauseYouBought : RankReasonKind.BecauseYouLiked;
            Add(new RankReason(kind, new ItemId(items.IdAt(row)), contribution * scale));
        }
    }

    public void Add(RankReason reason)
    {
        for (int i = 0; i < _reasons.Count; i++)
        {
            if (_reasons[i].Kind == reason.Kind && _reasons[i].Item == reason.Item && _reasons[i].Name == reason.Name)
            {
                return;
            }
        }

        if (Left > 0)
        {
            _reasons.TryAdd(reason);
        }
    }
}
