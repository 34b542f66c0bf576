using System.IO.Compression;
using System.Runtime.InteropServices;
using PromoRec.Models;
using PromoRec.Models.Artifacts;

namespace PromoRec.Tests.Models;

public sealed class ImportTests
{
    // Three customers and eleven items of two factors, so that "10" comes before "2".
    private static readonly float[] UserValues = [1, 2, 3, 4, 5, 6];
    private static readonly float[] ItemValues = [.. Enumerable.Range(0, 22).Select(value => value / 4f)];

    [Fact]
    public void Factors_without_ids_are_numbered_and_sorted_as_ids_are()
    {
        FactorModel model = Import(NpzWriter.Write(("user_factors", UserArray), ("item_factors", ItemArray)));

        Assert.Equal((3, 11, 2), (model.UserCount, model.ItemCount, model.Factors));
        Assert.Equal(["0", "1", "10", "2"], Enumerable.Range(0, 4).Select(row => model.Items.IdAt(row).ToString()));
        for (int item = 0; item < 11; item++)
        {
            Assert.True(model.Items.TryGetRow(new IdValue(item), out int row));
            Assert.Equal(ItemValues.AsSpan(item * 2, 2), model.ItemFactors.Row(row)[..2]);
        }

        Assert.Equal("imported", model.Manifest.Algorithm);
        Assert.Equal(12, model.Manifest.Version.Length);
        ModelAssert.Usable(model);
    }

    [Fact]
    public void An_imported_model_saves_and_loads()
    {
        FactorModel model = Import(NpzWriter.Write(("user_factors", UserArray), ("item_factors", ItemArray)));

        ModelAssert.Same(model, FactorModel.Load(SampleModel.Bytes(model)));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Every_layout_that_numpy_writes_gives_the_same_model(CompressionLevel level)
    {
        FactorModel expected = Import(NpzWriter.Write(("user_factors", UserArray), ("item_factors", ItemArray)));
        float[] transposed = [.. from factor in Enumerable.Range(0, 2) from item in Enumerable.Range(0, 11) select ItemValues[(item * 2) + factor]];
        byte[][] arrays =
        [
            ItemArray,
            NpzWriter.Array("<f4", [11, 2], ItemValues, version: 2),
            NpzWriter.Array("<f4", [11, 2], ItemValues, version: 3),
            NpzWriter.Array("<f4", [11, 2], transposed, fortranOrder: true),
            NpzWriter.Array("<f8", [11, 2], System.Array.ConvertAll(ItemValues, value => (double)value)),
            NpzWriter.Array("<f2", [11, 2], System.Array.ConvertAll(ItemValues, value => (Half)value)),
            NpzWriter.Array("{'shape':(11,2),'descr':'<f4','fortran_order':False}", MemoryMarshal.AsBytes<float>(ItemValues).ToArray()),
        ];
        foreach (byte[] array in arrays)
        {
            ModelAssert.Same(expected, Import(NpzWriter.Write(level, ("regularization", NpzWriter.Array("|O", [], [1])), ("user_factors", UserArray), ("item_factors", array))));
        }
    }

    [Fact]
    public void Ids_may_be_whole_numbers_of_any_width_or_texts()
    {
        (byte[] Ids, string[] Expected)[] cases =
        [
            (NpzWriter.Array("<i8", [3], [5L, -7L, long.MaxValue]), ["5", "-7", "9223372036854775807"]),
            (NpzWriter.Array("<i4", [3], [5, -7, 3]), ["5", "-7", "3"]),
            (NpzWriter.Array("<i2", [3], new short[] { 5, -7, 3 }), ["5", "-7", "3"]),
            (NpzWriter.Array("|i1", [3], new sbyte[] { 5, -7, 3 }), ["5", "-7", "3"]),
            (NpzWriter.Array("<u8", [3], [5UL, 7UL, ulong.MaxValue]), ["5", "7", "18446744073709551615"]),
            (NpzWriter.Array("<u4", [3], [5U, 7U, uint.MaxValue]), ["5", "7", "4294967295"]),
            (NpzWriter.Array("<u2", [3], new ushort[] { 5, 7, ushort.MaxValue }), ["5", "7", "65535"]),
            (NpzWriter.Array("|u1", [3], new byte[] { 5, 7, 255 }), ["5", "7", "255"]),
            (NpzWriter.Texts("käufer", "顾客", "😀"), ["käufer", "顾客", "😀"]),
        ];
        foreach ((byte[] ids, string[] expected) in cases)
        {
            FactorModel model = Import(NpzWriter.Write(("user_factors", UserArray), ("item_factors", ItemArray), ("users", ids)));
            for (int row = 0; row < 3; row++)
            {
                Assert.True(model.Users.TryGetRow(new IdValue(expected[row], "id"), out int found));
                Assert.Equal(UserValues.AsSpan(row * 2, 2), model.UserFactors.Row(found)[..2]);
            }
        }
    }

    [Fact]
    public void Plain_safetensors_give_the_same_model_as_npz()
    {
        byte[] users = MemoryMarshal.AsBytes<float>(UserValues).ToArray();
        byte[] ids = MemoryMarshal.AsBytes<int>([30, 20, 10]).ToArray();
        FactorModel expected = Import(NpzWriter.Write(("user_factors", UserArray), ("item_factors", ItemArray), ("users", NpzWriter.Array("<i4", [3], [30, 20, 10]))));
        (string Type, byte[] Data)[] forms =
        [
            ("F32", MemoryMarshal.AsBytes<float>(ItemValues).ToArray()),
            ("F64", MemoryMarshal.AsBytes<double>(System.Array.ConvertAll(ItemValues, value => (double)value)).ToArray()),
            ("F16", MemoryMarshal.AsBytes<Half>(System.Array.ConvertAll(ItemValues, value => (Half)value)).ToArray()),
            ("BF16", MemoryMarshal.AsBytes<short>(System.Array.ConvertAll(ItemValues, value => (short)(BitConverter.SingleToInt32Bits(value) >> 16))).ToArray()),
        ];
        foreach ((string type, byte[] data) in forms)
        {
            ModelAssert.Same(expected, Import(PlainSafetensors.Write(("bias", "F32", [1], new byte[4]), ("item_factors", type, [11, 2], data), ("user_factors", "F32", [3, 2], users), ("users", "I32", [3], ids))));
        }
    }

    [Fact]
    public void A_model_file_is_loaded_and_a_path_is_read()
    {
        using var folder = new TemporaryFolder();
        FactorModel model = SampleModel.Create();
        model.Save(folder.File("m"));
        File.WriteAllBytes(folder.File("m.npz"), NpzWriter.Write(("user_factors", UserArray), ("item_factors", ItemArray)));

        ModelAssert.Same(model, FactorModel.Import(folder.File("m")));
        Assert.Equal(3, FactorModel.Import(folder.File("m.npz")).UserCount);
        Assert.Throws<FileNotFoundException>(() => FactorModel.Import(folder.File("missing.npz")));
    }

    [Fact]
    public void Arrays_that_are_no_factors_are_refused_by_name()
    {
        Refused("'user_factors'", ("item_factors", ItemArray));
        Refused("'item_factors'", ("user_factors", UserArray));
        Refused("as 'user_factors' has", ("user_factors", UserArray), ("item_factors", NpzWriter.Array("<f4", [2, 3], UserValues)));
        Refused("[rows, factors]", ("user_factors", NpzWriter.Array("<f4", [6], UserValues)), ("item_factors", ItemArray));
        Refused("[rows, factors]", ("user_factors", NpzWriter.Array("<f4", [3, 0], System.Array.Empty<float>())), ("item_factors", ItemArray));
        Refused("floating point", ("user_factors", NpzWriter.Array("<i4", [3, 2], [1, 2, 3, 4, 5, 6])), ("item_factors", ItemArray));
        Refused("'>f4'", ("user_factors", NpzWriter.Array(">f4", [3, 2], UserValues)), ("item_factors", ItemArray));
        Refused("'|O'", ("user_factors", NpzWriter.Array("|O", [3, 2], UserValues)), ("item_factors", ItemArray));
        Refused("finite", ("user_factors", NpzWriter.Array("<f4", [3, 2], [1, 2, 3, float.NaN, 5, 6])), ("item_factors", ItemArray));
        Refused("finite", ("user_factors", NpzWriter.Array("<f8", [3, 2], [1, 2, 3, 1e39, 5, 6])), ("item_factors", ItemArray));
        Refused("one id for every row", ("user_factors", UserArray), ("item_factors", ItemArray), ("users", NpzWriter.Array("<i4", [2], [1, 2])));
        Refused("whole numbers or Unicode", ("user_factors", UserArray), ("item_factors", ItemArray), ("users", NpzWriter.Array("<f4", [3], [1f, 2f, 3f])));
        Refused("rows 0 and 2 have the same id", ("user_factors", UserArray), ("item_factors", ItemArray), ("users", NpzWriter.Array("<i4", [3], [1, 2, 1])));
        Refused("blank", ("user_factors", UserArray), ("item_factors", ItemArray), ("users", NpzWriter.Texts("a", " ", "c")));
        Refused("no Unicode character", ("user_factors", UserArray), ("item_factors", ItemArray), ("users", NpzWriter.Array("<U1", [3], [1, 0xD800, 2])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{'descr': '<f4'}")]
    [InlineData("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (3, 2)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3, -2)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 99999999999999999999)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': [3, 2]}")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3, 2)}")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (3, 2)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), 'more': 1}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2)} + 1")]
    [InlineData("{'descr': '<f4' 'fortran_order': False, 'shape': (3, 2)}")]
    [InlineData("__import__('os').system('x')")]
    public void Headers_that_numpy_does_not_write_are_refused(string header) =>
        Refused("header that cannot be read", ("user_factors", NpzWriter.Array(header, MemoryMarshal.AsBytes<float>(UserValues).ToArray())), ("item_factors", ItemArray));

    [Fact]
    public void Arrays_whose_length_does_not_fit_their_shape_are_refused()
    {
        Refused("its shape and type need", ("user_factors", NpzWriter.Array("<f4", [4, 2], UserValues)), ("item_factors", ItemArray));
        Refused("its shape and type need", ("user_factors", NpzWriter.Array("<f4", [2, 2], UserValues)), ("item_factors", ItemArray));
        Refused("its shape and type need", ("user_factors", NpzWriter.Array("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4611686018427387904, 4611686018427387904)}", [])), ("item_factors", ItemArray));
        Refused("within its header", ("user_factors", UserArray[..5]), ("item_factors", ItemArray));
        Refused("within its header", ("user_factors", UserArray[..50]), ("item_factors", ItemArray));
        Refused("no .npy file", ("user_factors", [.. "PK"u8, .. UserArray]), ("item_factors", ItemArray));
    }

    [Fact]
    public void A_packed_array_that_claims_more_than_it_can_hold_is_refused_before_memory_is_taken()
    {
        byte[] file = NpzWriter.Write(("user_factors", NpzWriter.Array("<f4", [1_000_000_000, 2], UserValues)), ("item_factors", ItemArray));

        // The uncompressed sizes stand at 22 in the local header and at 24 in the central one.
        byte[] claimed = BitConverter.GetBytes(unchecked((uint)(8_000_000_000 + 128)));
        int central = file.AsSpan().IndexOf("PK\u0001\u0002"u8);
        claimed.CopyTo(file, central + 24);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ArtifactException>(() => Import(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_packed_array_with_a_changed_byte_fails_its_checksum()
    {
        byte[] file = NpzWriter.Write(CompressionLevel.NoCompression, ("user_factors", UserArray), ("item_factors", ItemArray));
        int at = file.AsSpan().IndexOf(MemoryMarshal.AsBytes<float>(UserValues));
        file[at + 2] ^= 1;

        Assert.Contains("damaged", Assert.Throws<ArtifactException>(() => Import(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_shorter_archive_is_refused()
    {
        byte[] file = NpzWriter.Write(("user_factors", UserArray), ("item_factors", ItemArray));
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<ArtifactException>(() => Import(file[..length]));
        }
    }

    private static byte[] UserArray => NpzWriter.Array("<f4", [3, 2], UserValues);

    private static byte[] ItemArray => NpzWriter.Array("<f4", [11, 2], ItemValues);

    private static FactorModel Import(byte[] file) => FactorModel.Import(ArtifactBytes.Copy(file));

    private static void Refused(string fault, params (string Name, byte[] Array)[] arrays)
    {
        ArtifactException exception = Assert.Throws<ArtifactException>(() => Import(NpzWriter.Write(arrays)));
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }
}
