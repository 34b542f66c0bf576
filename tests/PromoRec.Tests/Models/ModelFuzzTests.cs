using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Models.Artifacts;
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
        int loaded = Run(FuzzRun.Count(1_200, 60_000), stream: 0, MostBytes, [current, first], ByteMutator.Mutate, file => FactorModel.Load(file));

        Assert.Equal(0, loaded);
    }

    [Fact]
    public void A_damaged_model_file_with_right_checksums_is_refused_or_usable()
    {
        byte[] current = SampleModel.Bytes(SampleModel.Create());
        byte[] first = SampleModel.FirstVersionBytes(SampleModel.Create());
        int count = FuzzRun.Count(1_000, 50_000);
        int loaded = Run(count, stream: 1, MostBytes, [current, first], SealedMutator.Mutate, file => FactorModel.Load(file));

        // Changed factors and options make a different model, not a damaged one; most other changes must show.
        Assert.InRange(loaded, 1, count / 2);
    }

    [Fact]
    public void A_damaged_model_file_that_is_not_verified_is_refused_or_loads()
    {
        byte[] current = SampleModel.Bytes(SampleModel.Create());
        byte[] first = SampleModel.FirstVersionBytes(SampleModel.Create());
        var unverified = new ModelLoadOptions { VerifyTensors = false };
        Run(FuzzRun.Count(400, 20_000), stream: 2, MostBytes, [current, first], SealedMutator.Mutate, file => FactorModel.Load(file, unverified), model => Touch((FactorModel)model));
    }

    [Fact]
    public void A_damaged_model_of_neighbours_is_refused_or_usable()
    {
        RefusedOrUsable(stream: 5, [.. SampleModel.Neighbours().Select(model => SampleModel.Bytes(model))]);
    }

    [Fact]
    public void A_damaged_model_of_ratings_is_refused_or_usable() => RefusedOrUsable(stream: 7, [.. SampleModel.Ratings().Select(model => SampleModel.Bytes(model))]);

    private static void RefusedOrUsable(ulong stream, byte[][] files)
    {
        Assert.Equal(0, Run(FuzzRun.Count(600, 30_000), stream, MostBytes, files, ByteMutator.Mutate, file => RecommendationModel.Load(file)));
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
    public void A_damaged_file_is_described_or_refused()
    {
        byte[] current = SampleModel.Bytes(SampleModel.Create());
        Run(FuzzRun.Count(200, 10_000), stream: 3, MostBytes, [current], SealedMutator.Mutate, file =>
        {
            using ArtifactBytes bytes = ArtifactBytes.Copy(file);
            ModelFileInfo.Read(bytes, verifyTensors: true);
            return null;
        });
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
        Run(FuzzRun.Count(400, 20_000), stream: 4, MostUnpackedBytes, [packed, stored, plain], ByteMutator.Mutate, file => FactorModel.Import(ArtifactBytes.Copy(file)));
    }

    private static int Run(int count, ulong stream, long mostBytes, byte[][] valid, Mutator mutate, Func<byte[], RecommendationModel?> load, Action<RecommendationModel>? use = null)
    {
        use ??= model => ModelAssert.Usable((FactorModel)model);
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
            RecommendationModel? model = null;
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
