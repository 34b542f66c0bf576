namespace PromoRec.Ranking.Reranking;

/// <summary>An entry of a pool, and what it is worth for a place.</summary>
/// <param name="Value">Larger is better.</param>
/// <param name="Entry">Its number in the order of scores.</param>
internal readonly record struct RerankValue(double Value, int Entry)
{
    /// <summary>Whether this one gets the place. Among equals the one with the better score comes first.</summary>
    public bool IsBefore(RerankValue other) => Value > other.Value || (Value == other.Value && Entry < other.Entry);
}
