using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Tests.Ranking;

/// <summary>Builds small models by hand: every vector and every past event is said.</summary>
internal sealed class TestModel
{
    private readonly SortedDictionary<UserId, float[]> _users = [];
    private readonly SortedDictionary<ItemId, float[]> _items = [];
    private readonly Dictionary<(UserId User, ItemId Item), float> _values = [];
    private readonly HashSet<(UserId User, ItemId Item)> _consumedItems = [];
    private readonly HashSet<(UserId User, OfferId Offer)> _consumedOffers = [];

    public string Version { get; set; } = "test";

    public ImplicitObjective Objective { get; set; } = new(0.1, 0, 1, false, 0.1, false);

    public TestModel User(UserId id, params float[] vector)
    {
        _users[id] = vector;
        return this;
    }

    public TestModel Item(ItemId id, params float[] vector)
    {
        _items[id] = vector;
        return this;
    }

    public TestModel Likes(UserId user, ItemId item, float value = 1)
    {
        _values[(user, item)] = value;
        return this;
    }

    public TestModel Consumed(UserId user, ItemId item)
    {
        _consumedItems.Add((user, item));
        return this;
    }

    public TestModel Redeemed(UserId user, OfferId offer)
    {
        _consumedOffers.Add((user, offer));
        return this;
    }

    public FactorModel Build()
    {
        UserId[] users = [.. _users.Keys];
        ItemId[] items = [.. _items.Keys];
        OfferId[] offers = [.. _consumedOffers.Select(pair => pair.Offer).Distinct().Order()];
        CsrMatrix byUser = Matrix(users, items, (user, item) => _values.GetValueOrDefault((user, item)));
        CsrMatrix consumedItems = Matrix(users, items, (user, item) => _consumedItems.Contains((user, item)) ? 1 : 0);
        CsrMatrix consumedOffers = Matrix(users, offers, (user, offer) => _consumedOffers.Contains((user, offer)) ? 1 : 0);
        float[] popularity = Array.ConvertAll(items, item => (float)users.Count(user => _values.GetValueOrDefault((user, item)) > 0));
        var history = new InteractionHistory(byUser, consumedItems, IdIndex.FromSorted(Array.ConvertAll(offers, id => id.Value)), consumedOffers, popularity);
        return new FactorModel(
            IdIndex.FromSorted(Array.ConvertAll(users, id => id.Value)),
            IdIndex.FromSorted(Array.ConvertAll(items, id => id.Value)),
            Factors([.. _users.Values]),
            Factors([.. _items.Values]),
            Objective,
            history,
            new ModelManifest { Version = Version, Algorithm = "test" });
    }

    private FactorMatrix Factors(float[][] rows)
    {
        FactorMatrix matrix = FactorMatrix.Create(rows.Length, _items.Values.First().Length);
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row].CopyTo(matrix.Row(row));
        }

        return matrix;
    }

    private static CsrMatrix Matrix<TRow, TColumn>(TRow[] rows, TColumn[] columns, Func<TRow, TColumn, float> valueOf)
    {
        var offsets = new List<long> { 0 };
        var stored = new List<int>();
        var values = new List<float>();
        foreach (TRow row in rows)
        {
            for (int column = 0; column < columns.Length; column++)
            {
                float value = valueOf(row, columns[column]);
                if (value != 0)
                {
                    stored.Add(column);
                    values.Add(value);
                }
            }

            offsets.Add(stored.Count);
        }

        return new CsrMatrix(columns.Length, offsets.ToArray(), stored.ToArray(), values.ToArray());
    }
}
