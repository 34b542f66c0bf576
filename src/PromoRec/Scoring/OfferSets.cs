namespace PromoRec.Scoring;

/// <summary>Offers of which the same is known: each set is scored once. Immutable.</summary>
/// <param name="setOf">The set of each offer. Sets are numbered in the order of the first offers that have them.</param>
/// <param name="count">Number of sets.</param>
internal class OfferSets(int[] setOf, int count)
{
    private readonly int[] _starts = StartsOf(setOf, count);
    private readonly int[] _offers = BySet(setOf, StartsOf(setOf, count));

    /// <summary>Number of sets.</summary>
    public int Count => count;

    /// <summary>Whether each offer has a set of its own, in the same order.</summary>
    public bool AreOffers => count == setOf.Length;

    /// <summary>The set of each offer.</summary>
    public ReadOnlySpan<int> SetOf => setOf;

    /// <summary>The offers of a set, ascending.</summary>
    public ReadOnlySpan<int> OffersOf(int set) => _offers.AsSpan(_starts[set].._starts[set + 1]);

    /// <summary>Gives every offer the value of its set.</summary>
    public void Expand(ReadOnlySpan<float> ofSets, Span<float> ofOffers)
    {
        if (AreOffers)
        {
            ofSets.CopyTo(ofOffers);
            return;
        }

        for (int row = 0; row < ofOffers.Length; row++)
        {
            ofOffers[row] = ofSets[setOf[row]];
        }
    }

    /// <summary>Where the offers of each set start among all, by sets; and where the last ones end.</summary>
    private static int[] StartsOf(int[] setOf, int count)
    {
        var starts = new int[count + 1];
        foreach (int set in setOf)
        {
            starts[set + 1]++;
        }

        for (int set = 0; set < count; set++)
        {
            starts[set + 1] += starts[set];
        }

        return starts;
    }

    private static int[] BySet(int[] setOf, int[] starts)
    {
        int[] next = [.. starts];
        var offers = new int[setOf.Length];
        for (int offer = 0; offer < offers.Length; offer++)
        {
            offers[next[setOf[offer]]++] = offer;
        }

        return offers;
    }
}
