namespace PromoRec.Candidates;

/// <summary>Names the offers that may be ranked for a customer at all.</summary>
/// <remarks>Any number of threads call it. It allocates nothing. What it leaves out is neither ranked nor counted as excluded.</remarks>
internal interface ICandidateSource
{
    /// <summary>Writes the rows of the candidates, ascending.</summary>
    /// <param name="catalog">The offers.</param>
    /// <param name="customer">The customer's vector; empty when the customer is unknown.</param>
    /// <param name="rows">Takes the rows; as long as the catalog.</param>
    /// <returns>How many rows were written.</returns>
    int Collect(CompiledCatalog catalog, ReadOnlySpan<float> customer, Span<int> rows);
}
