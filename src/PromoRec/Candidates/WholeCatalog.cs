namespace PromoRec.Candidates;

/// <summary>Every offer is a candidate. Up to tens of thousands of offers, scoring all of them is faster than choosing first.</summary>
internal sealed class WholeCatalog : ICandidateSource
{
    public int Collect(CompiledCatalog catalog, ReadOnlySpan<float> customer, Span<int> rows)
    {
        for (int row = 0; row < catalog.Count; row++)
        {
            rows[row] = row;
        }

        return catalog.Count;
    }
}
