using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using PromoRec.Datasets;
using PromoRec.Datasets.Features;
using PromoRec.Models;
using PromoRec.Models.Artifacts;
using PromoRec.Models.Linear;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;

namespace PromoRec.Tests.Models;

/// <summary>Whatever stands in a file, loading ends soon with a model or an <see cref="ArtifactException"/>, and takes little memory.</summary>
/// <remarks>A failure names its iteration: the same one fails again. All iterations run with PROMOREC_FUZZ=full.</remarks>
public sealed class ModelFuzzTests
{
    private const ulong Seed = 20_251_122;

    // A file has some ten thousand bytes. Most of what a load allocates is the header's texts and an exception's stack trace.
    private const long MostBytes = 1_000_000;

    // An archive may honestly unpack to a thousand times its length.
    private const long MostUnpackedBytes = 16_000_000;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    private delegate byte[] Mutator(byte[] valid, ref SeededRandom random);

    [Fact]
    public void A_damaged_model_file_is_always_refused()
    {
        byte[] current = SampleModel.Bytes(SampleModel.Create());
        byte[] first = SampleModel.FirstVersionBytes(SampleModel.Create());
        int loaded = Run(FuzzRun.Count(1_200, 60_000), stream: 0, MostBytes, [current, first], ByteMutator.Mutate, file => FactorModel.Load(file), ModelAssert.Usable);

        Assert.Equal(0, loaded);
    }

    [Fact]
    public void A_damaged_model_file_with_right_checksums_is_refused_or_usable()
    {
        byte[] current = SampleModel.Bytes(SampleModel.Create());
        byte[] first = SampleModel.FirstVersionBytes(SampleModel.Create());
        int count = FuzzRun.Count(1_000, 50_000);
        int loaded = Run(count, stream: 1, MostBytes, [current, first], SealedMutator.Mutate, file => FactorModel.Load(file), ModelAssert.Usable);

        // Changed factors and options make a different model, not a damaged one; most other changes must show.
        Assert.InRange(loaded, 1, count / 2);
    }

    [Fact]
    public void A_damaged_model_file_that_is_not_verified_is_refused_or_loads()
    {
        byte[] current = SampleModel.Bytes(SampleModel.Create());
        byte[] first = SampleModel.FirstVersionBytes(SampleModel.Create());
        var unverified = new ModelLoadOptions { VerifyTensors = false };
        Run(FuzzRun.Count(400, 20_000), stream: 2, MostBytes, [current, first], SealedMutator.Mutate, file => FactorModel.Load(file, unverified), Touch);
    }

    [Fact]
    public void A_damaged_model_of_neighbours_is_refused_or_usable()
    {
        RefusedOrUsable(stream: 5, [.. SampleModel.Neighbours().Select(model => SampleModel.Bytes(model))]);
    }

    [Fact]
    public void A_damaged_model_of_ratings_is_refused_or_usable() => RefusedOrUsable(stream: 7, [.. SampleModel.Ratings().Select(model => SampleModel.Bytes(model))]);

    [Fact]
    public void A_damaged_hybrid_is_refused_or_usable() => RefusedOrUsable(stream: 11, [SampleModel.Bytes(SampleModel.Hybrid())]);

    private static void RefusedOrUsable(ulong stream, byte[][] files)
    {
        Assert.Equal(0, Run(FuzzRun.Count(600, 30_000), stream, MostBytes, files, ByteMutator.Mutate, file => RecommendationModel.Load(file), Answers));
        int count = FuzzRun.Count(600, 30_000);

        Assert.InRange(Run(count, stream + 1, MostBytes, files, SealedMutator.Mutate, file => RecommendationModel.Load(file), Answers), 1, count * 3 / 4);

        // What is sound but different must answer, even where its numbers are too large to be scored with.
        static void Answers(RecommendationModel model)
        {
            Assert.True(model.Recommend("10", 3).Count <= 3);
            try
            {
                Assert.DoesNotContain(model.Recommend([new ItemEvidence("item-1", 1)], 3), item => float.IsNaN(item.Score));
            }
            catch (ArgumentException fault) when (fault.ParamName == "evidence")
            {
            }

            if (model is RatingModel ratings)
            {
                Assert.True(double.IsFinite(ratings.Predict("10", "item-1")) && double.IsFinite(ratings.Predict("nobody", "nothing")));
                Assert.True(double.IsFinite(ratings.Explain("9", "item-4")?.Start ?? 0));
            }
        }
    }

    [Fact]
    public void A_damaged_linear_model_is_refused_or_usable()
    {
        byte[][] files = [.. SampleModel.Calibrators.Select(calibrator => SampleModel.Bytes(SampleModel.Linear(calibrator)))];
        Assert.Equal(0, Run(FuzzRun.Count(600, 30_000), stream: 7, MostBytes, files, ByteMutator.Mutate, file => LinearModel.Load(file), Answers));
        int count = FuzzRun.Count(900, 45_000);

        Assert.InRange(Run(count, stream: 8, MostBytes, files, SealedMutator.Mutate, file => LinearModel.Load(file), Answers), 1, count * 3 / 4);

        // The weights may be others, and so may the features: what the host sets of them must still give a number.
        static void Answers(LinearModel model)
        {
            FeatureValues values = new(model.Schema);
            foreach (FeatureField field in model.Schema.Fields)
            {
                switch (field.Kind)
                {
                    case FeatureKind.Number or FeatureKind.Buckets:
                        values.Set(field.Name, field.Center + field.Scale);
                        break;
                    case FeatureKind.Categories or FeatureKind.Hashed:
                        values.Set(field.Name, "ios", "宝洁");
                        break;
                }
            }

            Assert.True(double.IsFinite(model.Score(values)));
            LinearExplanation explanation = model.Explain(values);
            Assert.True(double.IsFinite(explanation.Intercept) && explanation.Contributions.All(one => double.IsFinite(one.Contribution)));
            if (model.GivesProbability)
            {
                Assert.InRange(model.Probability(values), 0, 1);
            }
        }
    }

    [Fact]
    public void A_damaged_file_is_described_or_refused()
    {
        byte[] factors = SampleModel.Bytes(SampleModel.Create());
        byte[] linear = SampleModel.Bytes(SampleModel.Linear(SampleModel.Calibrators[1]));
        int described = Run(
            FuzzRun.Count(300, 15_000),
            stream: 3,
            MostBytes,
            [factors, linear],
            SealedMutator.Mutate,
            file =>
            {
                using ArtifactBytes bytes = ArtifactBytes.Copy(file);
                return ModelFileInfo.Read(bytes, verifyTensors: true);
            },
            info => Assert.Equal(info.IsModel, info.FormatVersion > 0));

        Assert.True(described > 0);
    }

    [Fact]
    public void A_damaged_import_is_refused_or_usable()
    {
        float[] users = [1, 2, 3, 4, 5, 6];
        float[] items = [.. Enumerable.Range(0, 22).Select(value => value / 4f)];
        (string, byte[])[] arrays =
        [
            ("user_factors", NpzWriter.Array("<f4", [3, 2], users)),
            ("item_factors", NpzWriter.Array("<f4", [11, 2], items, fortranOrder: true)),
            ("users", NpzWriter.Texts("käufer", "顾客", "😀")),
            ("items", NpzWriter.Array("<i8", [11], [.. Enumerable.Range(0, 11).Select(item => (long)item)])),
        ];
        byte[] packed = NpzWriter.Write(CompressionLevel.Optimal, arrays);
        byte[] stored = NpzWriter.Write(CompressionLevel.NoCompression, arrays);
        byte[] plain = PlainSafetensors.Write(("user_factors", "F32", [3, 2], MemoryMarshal.AsBytes<float>(users).ToArray()), ("item_factors", "F32", [11, 2], MemoryMarshal.AsBytes<float>(items).ToArray()));
        Run(FuzzRun.Count(400, 20_000), stream: 4, MostUnpackedBytes, [packed, stored, plain], ByteMutator.Mutate, file => FactorModel.Import(ArtifactBytes.Copy(file)), ModelAssert.Usable);
    }

    private static int Run<TModel>(int count, ulong stream, long mostBytes, byte[][] valid, Mutator mutate, Func<byte[], TModel?> load, Action<TModel> use)
        where TModel : class
    {
        int loaded = 0;

        // What is done once, such as compiling and filling caches, is nobody's fault.
        foreach (byte[] file in valid)
        {
            load(file);
            Assert.Throws<ArtifactException>(() => load(file[..^1]));
        }

        for (int iteration = 0; iteration < count; iteration++)
        {
            var random = new SeededRandom(Seed + stream, (ulong)iteration);
            byte[] original = valid[iteration % valid.Length];
            byte[] file = mutate(original, ref random);
            if (file.AsSpan().SequenceEqual(original))
            {
                continue;
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            TModel? model = null;
            try
            {
                model = load(file);
            }
            catch (ArtifactException fault)
            {
                Assert.True(fault.Offset >= 0, $"Iteration {iteration}: {fault.Message}");
            }
            catch (Exception fault)
            {
                Assert.Fail($"Iteration {iteration}: {fault}");
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.True(allocated <= mostBytes, $"Iteration {iteration} allocated {allocated} bytes.");
            Assert.True(Stopwatch.GetElapsedTime(started) <= MostTime, $"Iteration {iteration} took {Stopwatch.GetElapsedTime(started)}.");
            if (model is not null)
            {
                loaded++;
                use(model);
            }
        }

        return loaded;
    }

    /// <summary>Uses a model whose tensors nobody verified: what is wrong in it may throw, but nothing may leave the tensors.</summary>
    private static void Touch(FactorModel model)
    {
        for (int row = 0; row < model.UserCount; row++)
        {
            try
            {
                model.Users.TryGetRow(model.Users.IdAt(row), out _);
                model.History.ByUser.ColumnsOf(row).ToArray();
                model.History.ByUser.ValuesOf(row).ToArray();
            }
            catch (ArgumentException)
            {
                // An offset points outside.
            }
        }
    }
}
