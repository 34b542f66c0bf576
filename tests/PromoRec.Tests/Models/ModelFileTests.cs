using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Models.Artifacts;
using PromoRec.Numerics;

namespace PromoRec.Tests.Models;

public sealed class ModelFileTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(33)]
    public void A_saved_model_loads_with_the_same_bits(int factors)
    {
        using var folder = new TemporaryFolder();
        FactorModel model = SampleModel.Create(factors);
        model.Save(folder.File("m.safetensors"));

        ModelAssert.Same(model, FactorModel.Load(folder.File("m.safetensors")));
        ModelAssert.Same(model, FactorModel.Load(folder.File("m.safetensors"), new ModelLoadOptions { VerifyTensors = false }));
        ModelAssert.Same(model, FactorModel.Load(folder.File("m.safetensors"), new ModelLoadOptions { MapFile = false }));
        ModelAssert.Same(model, FactorModel.Load(File.ReadAllBytes(folder.File("m.safetensors"))));
    }

    [Fact]
    public void Models_of_neighbours_come_back_as_they_were_and_are_no_models_of_factors()
    {
        using var folder = new TemporaryFolder();
        foreach (RecommendationModel model in SampleModel.Neighbours())
        {
            model.Save(folder.File("m.safetensors"));
            RecommendationModel loaded = RecommendationModel.Load(folder.File("m.safetensors"));

            Assert.Equal(model.GetType(), loaded.GetType());
            Assert.Equal(SampleModel.Bytes(model), SampleModel.Bytes(loaded));
            foreach (string user in SampleModel.UserIds)
            {
                Assert.Equal(model.Recommend(user, 9), loaded.Recommend(user, 9));
            }

            Assert.Equal(model.Recommend([new ItemEvidence("item-1", 1), new ItemEvidence("item-4", 2)], 9), loaded.Recommend([new ItemEvidence("item-1", 1), new ItemEvidence("item-4", 2)], 9));
            ArtifactException fault = Assert.Throws<ArtifactException>(() => FactorModel.Load(folder.File("m.safetensors")));
            Assert.Contains($"this is a model of the family '{model.Manifest.Algorithm}', which has no factors", fault.Message, StringComparison.Ordinal);
            Assert.Equal((true, 0), (ModelFileInfo.Read(folder.File("m.safetensors")).IsModel, ModelFileInfo.Read(folder.File("m.safetensors")).Factors));
        }

        SampleModel.Create().Save(folder.File("f.safetensors"));
        Assert.IsType<FactorModel>(RecommendationModel.Load(folder.File("f.safetensors")));
    }

    [Fact]
    public void Saving_twice_and_saving_what_was_loaded_give_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        SampleModel.Create().Save(folder.File("1"));
        SampleModel.Create().Save(folder.File("2"));
        FactorModel.Load(folder.File("1")).Save(folder.File("3"));

        byte[] first = File.ReadAllBytes(folder.File("1"));
        Assert.Equal(first, File.ReadAllBytes(folder.File("2")));
        Assert.Equal(first, File.ReadAllBytes(folder.File("3")));
    }

    [Fact]
    public void A_model_without_customers_or_items_round_trips()
    {
        FactorModel model = SampleModel.Create(users: [], items: 0);

        ModelAssert.Same(model, FactorModel.Load(SampleModel.Bytes(model)));
    }

    [Fact]
    public void One_customer_one_item_and_an_id_of_many_kilobytes_round_trip()
    {
        FactorModel model = SampleModel.Create(users: [new string('顾', 4096)], items: 1);

        ModelAssert.Same(model, FactorModel.Load(SampleModel.Bytes(model)));
    }

    [Fact]
    public void Mapped_factors_stand_at_multiples_of_64_bytes_and_nothing_is_copied()
    {
        using var folder = new TemporaryFolder();
        SampleModel.Create(users: [.. Enumerable.Range(0, 20_000).Select(user => $"u{user}")], factors: 48).Save(folder.File("m"));
        FactorModel.Load(folder.File("m"), new ModelLoadOptions { VerifyTensors = false });

        long before = GC.GetAllocatedBytesForCurrentThread();
        FactorModel model = FactorModel.Load(folder.File("m"), new ModelLoadOptions { VerifyTensors = false });
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        foreach (FactorMatrix factors in new[] { model.UserFactors, model.ItemFactors })
        {
            nint address = Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref factors.Data[0]);
            Assert.Equal(0, address % 64);
        }

        // The header; the ones of both consumed matrices are not stored.
        Assert.InRange(allocated, 0, 100_000);
        Assert.True(new FileInfo(folder.File("m")).Length > 20_000 * 48 * sizeof(float));
    }

    [Fact]
    public void Every_tensor_is_aligned_and_every_byte_belongs_to_one()
    {
        byte[] file = SampleModel.Bytes(SampleModel.Create());
        long at = 0;
        foreach ((string name, JsonNode? tensor) in ModelFileEditor.Header(file).Where(entry => entry.Key != TensorFile.MetadataKey))
        {
            JsonArray offsets = tensor!["data_offsets"]!.AsArray();
            Assert.Equal(at, (long)offsets[0]!);
            Assert.True(name.StartsWith(ModelFormat.PaddingPrefix, StringComparison.Ordinal) || (8 + ModelFileEditor.HeaderLength(file) + at) % 64 == 0, name);
            at = (long)offsets[1]!;
        }

        Assert.Equal(file.Length, 8 + ModelFileEditor.HeaderLength(file) + at);
    }

    [Fact]
    public void Without_history_the_file_says_nothing_about_what_customers_did()
    {
        FactorModel model = SampleModel.Create();
        byte[] file = SampleModel.Bytes(model, includeHistory: false);
        FactorModel loaded = FactorModel.Load(file);

        Assert.Equal(model.UserFactors.Data, loaded.UserFactors.Data);
        Assert.Equal(model.History.ItemPopularity.ToArray(), loaded.History.ItemPopularity.ToArray());
        Assert.Equal(0, loaded.History.ByUser.Count + loaded.History.ConsumedItems.Count + loaded.History.ConsumedOffers.Count + loaded.History.Offers.Count);
        Assert.Equal(model.UserCount, loaded.History.ByUser.Rows);
        Assert.True(loaded.History.ByUser.ColumnsOf(model.UserCount - 1).IsEmpty);
        Assert.Equal(file, SampleModel.Bytes(loaded));
    }

    [Fact]
    public void The_previous_format_version_loads_and_derives_what_it_does_not_hold()
    {
        FactorModel model = SampleModel.Create();
        FactorModel loaded = FactorModel.Load(SampleModel.FirstVersionBytes(model));

        ModelAssert.Same(model.History.ByUser, loaded.History.ByUser);
        ModelAssert.Same(model.History.ConsumedOffers, loaded.History.ConsumedOffers);
        for (int item = 0; item < model.ItemCount; item++)
        {
            int fans = 0;
            for (int user = 0; user < model.UserCount; user++)
            {
                int place = model.History.ByUser.ColumnsOf(user).IndexOf(item);
                bool likes = place >= 0 && model.History.ByUser.ValuesOf(user)[place] > 0;
                fans += likes ? 1 : 0;
                Assert.Equal(likes, loaded.History.ConsumedItems.ColumnsOf(user).Contains(item));
            }

            Assert.Equal(fans, loaded.History.ItemPopularity.Span[item]);
        }
    }

    [Fact]
    public void A_previous_version_is_saved_as_the_current_one()
    {
        FactorModel loaded = FactorModel.Load(SampleModel.FirstVersionBytes(SampleModel.Create()));
        byte[] file = SampleModel.Bytes(loaded);

        Assert.Equal("2", (string?)ModelFileEditor.Header(file)[TensorFile.MetadataKey]![ModelFormat.VersionKey]);
        ModelAssert.Same(loaded, FactorModel.Load(file));
    }

    [Fact]
    public void A_mapping_lives_as_long_as_memory_of_it_and_no_longer()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Mappings are listed in /proc on Linux only.");
        using var folder = new TemporaryFolder();
        string path = folder.File("mapped.safetensors");
        FactorModel model = SampleModel.Create();
        float[] expected = model.History.ItemPopularity.ToArray();
        model.Save(path);

        AssertMappedWhileReachable(path, expected);

        for (int attempt = 0; attempt < 10 && IsMapped(path); attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(IsMapped(path));
    }

    [Fact]
    public void Pinned_memory_stays_until_it_is_released()
    {
        using MemoryHandle handle = PinnedView(out WeakReference bytes);
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.True(bytes.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static MemoryHandle PinnedView(out WeakReference manager)
    {
        Memory<float> memory = ArtifactBytes.Copy(new byte[64]).View<float>(0, 16);
        Assert.True(MemoryMarshal.TryGetMemoryManager<float, NativeMemoryManager<float>>(memory, out NativeMemoryManager<float>? found));
        manager = new WeakReference(found);
        return memory.Pin();
    }

    // Not inlined, so that nothing on the caller's stack keeps the model.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AssertMappedWhileReachable(string path, float[] expected)
    {
        ReadOnlyMemory<float> popularity = FactorModel.Load(path).History.ItemPopularity;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.True(IsMapped(path));
        Assert.Equal(expected, popularity.ToArray());
    }

    private static bool IsMapped(string path) => File.ReadLines("/proc/self/maps").Any(line => line.Contains(path, StringComparison.Ordinal));
}
