namespace PromoRec.Tests.Numerics;

/// <summary>The dot product as the documentation defines it, written a second time without vectors or shared code.</summary>
internal static class SixteenLanes
{
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var lanes = new float[16];
        int padded = (x.Length + 15) / 16 * 16;
        for (int i = 0; i < padded; i++)
        {
            float left = i < x.Length ? x[i] : 0;
            float right = i < y.Length ? y[i] : 0;
            lanes[i % 16] = MathF.FusedMultiplyAdd(left, right, lanes[i % 16]);
        }

        float[] eight = Halve(lanes), four = Halve(eight), two = Halve(four);
        return Halve(two)[0];
    }

    private static float[] Halve(float[] lanes) =>
        [.. lanes.Take(lanes.Length / 2).Zip(lanes.Skip(lanes.Length / 2), (lower, upper) => lower + upper)];
}
