using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

/// <summary>One line that says which vectors this process uses, and one with a hash of what the public kernels calculate with them.</summary>
internal static class KernelDigest
{
    /// <summary>Names the file into which <see cref="KernelDigestTests"/> writes both lines, in a process that <see cref="HardwareSwitchTests"/> starts.</summary>
    public const string FileVariable = "PROMOREC_TEST_DIGEST_FILE";

    public static string Vectors() =>
        $"512: {Vector512.IsHardwareAccelerated}, 256: {Vector256.IsHardwareAccelerated}, 128: {Vector128.IsHardwareAccelerated}";

    public static string Compute()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Append(ReadOnlySpan<float> values) => hash.AppendData(MemoryMarshal.AsBytes(values));

        foreach (int factors in new[] { 1, 16, 50, 64, 100 })
        {
            FactorMatrix rows = Numerics.Vectors.RandomMatrix(70, factors, 40), queries = Numerics.Vectors.RandomMatrix(5, factors, 41);
            int stride = rows.Stride;
            float[] weights = Numerics.Vectors.Random(70, 42);
            ReadOnlySpan<float> x = rows.Row(0)[..factors], y = rows.Row(1)[..factors];
            Append([VectorMath.Dot(x, y), VectorMath.Norm(x), VectorMath.Cosine(x, y)]);

            var scores = new float[5 * 70];
            BlockScores.ManyToMany(queries, 0, 5, rows, 0, 70, scores);
            Append(scores);
            BlockScores.OneToMany(queries.Row(2), rows, 3, scores.AsSpan(0, 67));
            Append(scores);

            FactorMatrix gram = GramMatrix.Compute(rows, 2, CancellationToken.None);
            Append(gram.Data);
            float[] sum = queries.Row(3).ToArray();
            WeightedOperator.Apply(rows.Data, weights, [], queries.Row(1), sum);
            SymmetricProduct.Apply(gram, queries.Row(1), sum);
            VectorMath.AddScaled(0.3f, queries.Row(0), sum);
            WeightedOperator.CopyAndApply(rows, [3, 0, 69, 5, 5, 40, 7], new float[7 * stride], weights, weights.AsSpan(7), queries.Row(2), sum);
            Append([.. sum, WeightedOperator.Curvature(rows.Data, weights, queries.Row(1))]);
            GradientSteps.MovePair(0.99f, 0.02f, -0.03f, sum, queries.Row(4));
            GradientSteps.Move(0.9f, 0.1f, queries.Row(4), sum);
            Append(sum);

            var solution = new float[stride];
            var matrix = new RegularizedGram(gram);
            ConjugateGradient.Solve(ref matrix, sum, solution, 5, 0, new float[ConjugateGradient.ScratchLength(stride, 1)]);
            Append(solution);

            float[] a = gram.Data.ToArray();
            new NormalEquations(rows).Add([.. Enumerable.Range(0, 70)], [.. weights.Select(Math.Abs)], weights, a, sum);
            for (int i = 0; i < factors; i++)
            {
                a[(i * stride) + i] += 1;
            }

            Assert.True(Cholesky.TryFactorize(a, factors, stride));
            Cholesky.Solve(a, factors, stride, sum);
            Append(sum);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private readonly struct RegularizedGram(FactorMatrix gram) : ILinearOperator
    {
        public void ApplyCommon(ReadOnlySpan<float> p, Span<float> images)
        {
            p.CopyTo(images);
            SymmetricProduct.Apply(gram, p, images);
        }

        public void ApplyOwn(int system, ReadOnlySpan<float> p, Span<float> image)
        {
        }

        public float Curvature(int system, ReadOnlySpan<float> p, Span<float> image) => VectorMath.Dot(p, image);
    }
}
