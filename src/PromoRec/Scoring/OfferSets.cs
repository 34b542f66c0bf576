namespace PromoRec.Scoring;

/// <summary>Offers of which the same is known: each set is scored once. Immutable.</summary>
/// <param name="setOf">The set of each offer. Sets are numbered in the order of the first offers that have them.</param>
/// <param name="count">Number of sets.</param>
internal class OfferSets(int[] setOf, int count)
{
    /// <summary>Number of sets.</summary>
    public int Count => count;

    /// <summary>The set of each offer.</summary>
    public ReadOnlySpan<int> SetOf => setOf;

    /// <summary>Gives every offer the value of its set.</summary>
    public void Expand(ReadOnlySpan<float> ofSets, Span<float> ofOffers)
    {
        if (count == ofOffers.Length)
        {
            // Then each offer has a set of its own, in the same order.
            ofSets.CopyTo(ofOffers);
            return;
        }

        for (int row = 0; row < ofOffers.Length; row++)
        {
            ofOffers[row] = ofSets[setOf[row]];
        }
    }
}
