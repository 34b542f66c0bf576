using System.Runtime.InteropServices;
using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Tests.Models;

internal static class ModelAssert
{
    /// <summary>Everything in both models has the same bits.</summary>
    public static void Same(FactorModel expected, FactorModel actual)
    {
        Same(expected.Users, actual.Users);
        Same(expected.Items, actual.Items);
        Same(expected.UserFactors, actual.UserFactors);
        Same(expected.ItemFactors, actual.ItemFactors);
        Same(expected.History.ByUser, actual.History.ByUser);
        Same(expected.History.ConsumedItems, actual.History.ConsumedItems);
        Same(expected.History.Offers, actual.History.Offers);
        Same(expected.History.ConsumedOffers, actual.History.ConsumedOffers);
        Same(expected.History.ItemPopularity.Span, actual.History.ItemPopularity.Span);
        Same(expected.History.LastDays.Span, actual.History.LastDays.Span);
        Assert.Equal(expected.Objective, actual.Objective);
        Assert.Equal(expected.Manifest.Version, actual.Manifest.Version);
        Assert.Equal(expected.Manifest.Algorithm, actual.Manifest.Algorithm);
        Assert.Equal(expected.Manifest.Seed, actual.Manifest.Seed);
        Assert.Equal(expected.Manifest.DataFingerprint, actual.Manifest.DataFingerprint);
        Assert.Equal(expected.Manifest.Options.OrderBy(o => o.Key, StringComparer.Ordinal), actual.Manifest.Options.OrderBy(o => o.Key, StringComparer.Ordinal));
        Assert.Equal(expected.Manifest.Metrics.OrderBy(o => o.Key, StringComparer.Ordinal), actual.Manifest.Metrics.OrderBy(o => o.Key, StringComparer.Ordinal));
    }

    public static void Same(CsrMatrix expected, CsrMatrix actual)
    {
        Assert.Equal(expected.Rows, actual.Rows);
        Assert.Equal(expected.Columns, actual.Columns);
        Same(expected.Offsets, actual.Offsets);
        Same(expected.AllColumns, actual.AllColumns);

        // Ones may be stored or not.
        Same(expected.WithValues().AllValues, actual.WithValues().AllValues);
    }

    private static void Same(FactorMatrix expected, FactorMatrix actual)
    {
        Assert.Equal((expected.Rows, expected.Factors), (actual.Rows, actual.Factors));
        Same<float>(expected.Data, actual.Data);
    }

    private static void Same(IdIndex expected, IdIndex actual)
    {
        Same(expected.Text.Span, actual.Text.Span);
        Same(expected.Offsets.Span, actual.Offsets.Span);
        Same(expected.Slots.Span, actual.Slots.Span);
        for (int row = 0; row < expected.Count; row++)
        {
            Assert.True(actual.TryGetRow(expected.IdAt(row), out int found));
            Assert.Equal(row, found);
            Assert.Equal(expected.IdAt(row), actual.IdAt(row));
        }
    }

    private static void Same<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : unmanaged => Assert.True(MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)));

    /// <summary>Reads everything that a model offers, so that a bad index or offset would show.</summary>
    public static void Usable(FactorModel model)
    {
        Usable(model.Users);
        Usable(model.Items);
        Usable(model.History.Offers);
        Usable(model.History.ByUser);
        Usable(model.History.ConsumedItems);
        Usable(model.History.ConsumedOffers);
        Assert.Equal(model.ItemCount, model.History.ItemPopularity.Length);
        for (int row = 0; row < model.UserCount; row++)
        {
            Assert.Equal(-1, model.UserFactors.Row(row)[model.Factors..].IndexOfAnyExcept(0f));
        }
    }

    private static void Usable(IdIndex ids)
    {
        for (int row = 0; row < ids.Count; row++)
        {
            ids.TryGetRow(ids.IdAt(row), out _);
        }
    }

    private static void Usable(CsrMatrix matrix)
    {
        for (int row = 0; row < matrix.Rows; row++)
        {
            Assert.Equal(matrix.IsOnes ? 0 : matrix.ColumnsOf(row).Length, matrix.ValuesOf(row).Length);
            foreach (int column in matrix.ColumnsOf(row))
            {
                Assert.InRange(column, 0, matrix.Columns - 1);
            }
        }
    }
}
