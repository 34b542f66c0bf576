using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>The past items that may explain a customer's scores: those with the strongest evidence, strongest first.</summary>
/// <param name="rows">Rows of the model's items.</param>
/// <param name="values">The customer's value of each, above 0.</param>
internal readonly ref struct PastItems(ReadOnlySpan<int> rows, ReadOnlySpan<float> values)
{
    /// <summary>Most items that are considered, so that a customer with a long past costs no more than this.</summary>
    public const int Capacity = 256;

    public ReadOnlySpan<int> Rows { get; } = rows;

    public ReadOnlySpan<float> Values { get; } = values;

    /// <summary>Chooses from what is known of a customer. Equally strong items are taken in the order of their ids.</summary>
    public static PastItems Strongest(in KnownCustomer customer, ScoringScratch scratch)
    {
        var strongest = new TopK(scratch.StrongestPast);
        for (int i = 0; i < customer.Items.Length; i++)
        {
            if (customer.Values[i] > 0)
            {
                strongest.Add(customer.Items[i], customer.Values[i]);
            }
        }

        int count = strongest.Finish();
        for (int i = 0; i < count; i++)
        {
            (scratch.PastRows[i], scratch.PastValues[i]) = scratch.StrongestPast[i];
        }

        return new PastItems(scratch.PastRows.AsSpan(0, count), scratch.PastValues.AsSpan(0, count));
    }
}
