using PromoRec.Candidates;
using PromoRec.Models.Content;

namespace PromoRec.Scoring;

/// <summary>The vectors of what a content model has not seen: items that came into the catalog after its training, and texts of offers. Used by one thread at a time.</summary>
internal sealed class NewItemVectors
{
    private readonly ContentModel _model;
    private readonly ContentVectorizer? _vectorizer;
    private readonly CompiledCatalog _catalog;
    private readonly Dictionary<ItemId, Item> _items;
    private readonly Dictionary<ItemId, (int[] Terms, float[] Values)> _vectors = [];

    public NewItemVectors(ContentModel model, CompiledCatalog catalog)
    {
        _model = model;
        _vectorizer = model.Vectorizer;
        _catalog = catalog;
        _items = catalog.Snapshot.Items.Where(item => !model.Items.TryGetRow(item.Id.Value, out _)).ToDictionary(item => item.Id);
    }

    /// <summary>The text that counts: none where it cannot be taken apart.</summary>
    public string? TextOf(Offer offer) => _vectorizer is null ? null : offer.Text;

    /// <summary>The vectors of the distinct new items of an offer, in the order of their ids, and of its text; those with no term of the model are left out.</summary>
    public List<(int[] Terms, float[] Values)> Of(Offer offer)
    {
        var vectors = new List<(int[] Terms, float[] Values)>();
        if (_vectorizer is null)
        {
            return vectors;
        }

        if (_items.Count > 0)
        {
            foreach (ItemId item in offer.Targets.SelectMany(ItemsOf).Where(_items.ContainsKey).Distinct().Order())
            {
                AddIfAny(vectors, VectorOf(item));
            }
        }

        if (offer.Text is not null)
        {
            AddIfAny(vectors, _vectorizer.Vectorize(new Item { Id = default, Text = offer.Text }, []));
        }

        return vectors;
    }

    private static void AddIfAny(List<(int[] Terms, float[] Values)> vectors, (int[] Terms, float[] Values) vector)
    {
        if (vector.Terms.Length > 0)
        {
            vectors.Add(vector);
        }
    }

    private (int[] Terms, float[] Values) VectorOf(ItemId item)
    {
        if (!_vectors.TryGetValue(item, out (int[] Terms, float[] Values) vector))
        {
            vector = _vectorizer!.Vectorize(_items[item], _model.EmbeddingOf(_items[item]));
            _vectors.Add(item, vector);
        }

        return vector;
    }

    private IEnumerable<ItemId> ItemsOf(OfferTarget target) => target.Kind switch
    {
        OfferTargetKind.Item => [target.ItemId],
        OfferTargetKind.WholeShop => [],
        _ => _catalog.Groups.ItemsOf(target),
    };
}
