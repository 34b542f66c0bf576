using PromoRec.Numerics;

namespace PromoRec.Models.Knn;

/// <summary>What customers have, as it counts in a score.</summary>
internal static class KnnProfile
{
    private static readonly KnnRules Binary = new(KnnSimilarity.DotProduct, KnnWeighting.Binary, 0, 0, 0, 1);

    /// <param name="byUser">Customers × items.</param>
    /// <param name="isBinary">Whether everything above zero counts as one, and the rest not at all.</param>
    public static CsrMatrix Of(CsrMatrix byUser, bool isBinary) => isBinary ? new KnnTransform(byUser, Binary).Of(byUser) : byUser;

    /// <summary>One value as it counts: the rule of the whole, for a customer who is not in the matrix.</summary>
    public static float ValueOf(float value, bool isBinary) => !isBinary ? value : value > 0 ? 1 : 0;
}
