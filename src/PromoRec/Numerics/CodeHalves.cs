namespace PromoRec.Numerics;

/// <summary>Squared lengths of the parts of a vector whose products are added up in the same 16 bits; see <see cref="CodeScores"/>. Components are added in their order.</summary>
internal struct CodeHalves
{
    private double _lower;
    private double _upper;
    private double _largest;

    /// <summary>The largest of all parts.</summary>
    public readonly double LargestSquare => Math.Max(_largest, Math.Max(_lower, _upper));

    /// <summary>The largest length of a part of a padded vector.</summary>
    public static double Largest(ReadOnlySpan<float> vector)
    {
        var halves = new CodeHalves();
        for (int i = 0; i < vector.Length; i++)
        {
            halves.Add(i, vector[i]);
        }

        return Math.Sqrt(halves.LargestSquare);
    }

    public void Add(int component, double value)
    {
        if (component % CodeScores.ChunkColumns == 0)
        {
            _largest = LargestSquare;
            _lower = _upper = 0;
        }

        if (CodeScores.HalfOf(component) == 0)
        {
            _lower += value * value;
        }
        else
        {
            _upper += value * value;
        }
    }
}
