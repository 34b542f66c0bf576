using PromoRec.Numerics;

namespace PromoRec.Models;

/// <summary>A customer whose vector was solved from a list of events after the model was trained. Made by <see cref="FactorModel.FoldIn"/>; immutable.</summary>
public sealed class FoldedCustomer
{
    internal FoldedCustomer(FactorModel model, FactorMatrix vector, int[] itemRows, float[] values, int unknownItems)
    {
        Model = model;
        Vector = vector;
        ItemRows = itemRows;
        Values = values;
        UnknownItems = unknownItems;
    }

    /// <summary>The model it was folded into.</summary>
    public FactorModel Model { get; }

    /// <summary>Items of the evidence that the model knows, and that the vector rests on.</summary>
    public int KnownItems => ItemRows.Length;

    /// <summary>Items of the evidence that the model has never seen and that were left out.</summary>
    public int UnknownItems { get; }

    /// <summary>1 × factors.</summary>
    internal FactorMatrix Vector { get; }

    /// <summary>Rows of the known items, ascending.</summary>
    internal int[] ItemRows { get; }

    /// <summary>Value of each known item.</summary>
    internal float[] Values { get; }

    /// <summary>Predicted interest in an item; null when the model has never seen it.</summary>
    public float? Score(ItemId item)
    {
        float? score = Model.Items.TryGetRow(item.Value, out int row) ? VectorMath.Dot(Vector.Row(0), Model.ItemFactors.Row(row)) : null;
        GC.KeepAlive(this);
        return score;
    }
}
