using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Models.Artifacts;

namespace PromoRec.Tests.Models;

/// <summary>Every fault is told with its place, and nothing behind a fault is believed. Checksums are made right again where they would hide it.</summary>
public sealed class ModelRefusalTests
{
    private static readonly byte[] Valid = SampleModel.Bytes(SampleModel.Create());

    [Fact]
    public void A_file_that_was_cut_is_refused_wherever_it_was_cut()
    {
        for (int length = 0; length < Valid.Length; length += length < 80 || FuzzRun.IsFull ? 1 : 7)
        {
            Refused(Valid[..length]);
        }
    }

    [Fact]
    public void A_changed_byte_is_noticed_wherever_it_stands()
    {
        byte[] file = [.. Valid];

        // Every seventh byte meets every tensor, every place in a number, and every part of the header; the full fuzz run takes all.
        int step = FuzzRun.IsFull ? 1 : 7;
        for (int at = 0; at < file.Length; at += step)
        {
            file[at] ^= 0x20;
            Refused(file);
            file[at] ^= 0x20;
        }
    }

    [Fact]
    public void Files_that_are_no_models_are_refused_with_path_offset_and_remedy()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("empty"), "");
        File.WriteAllText(folder.File("wrong.csv"), "user,item,kind\n1,2,purchase\n");
        File.WriteAllBytes(folder.File("half"), Valid[..(Valid.Length / 2)]);
        Directory.CreateDirectory(folder.File("folder"));

        foreach (string name in folder.Names)
        {
            foreach (bool map in new[] { true, false })
            {
                ArtifactException fault = Assert.Throws<ArtifactException>(() => FactorModel.Load(folder.File(name), new ModelLoadOptions { MapFile = map }));
                Assert.Contains(folder.File(name), fault.Message, StringComparison.Ordinal);
                Assert.Equal(PromoRecErrorCode.InvalidArtifact, fault.Code);
            }
        }

        FileNotFoundException missing = Assert.Throws<FileNotFoundException>(() => FactorModel.Load(folder.File("missing")));
        Assert.Contains(folder.File("missing"), missing.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FactorModel.Load(" "));
    }

    [Fact]
    public void A_newer_format_version_is_refused_with_the_advice_to_update()
    {
        ArtifactException fault = Refused(Edited(header => header[TensorFile.MetadataKey]![ModelFormat.VersionKey] = "3"), "format version is 3");

        Assert.Contains("update the library", fault.Message, StringComparison.Ordinal);
        Refused(Edited(header => header[TensorFile.MetadataKey]![ModelFormat.VersionKey] = "0"), "no format version");
        Refused(Edited(header => header[TensorFile.MetadataKey]![ModelFormat.VersionKey] = "x"), "no format version");
    }

    [Fact]
    public void Plain_safetensors_are_sent_to_import() =>
        Refused(Edited(header => header[TensorFile.MetadataKey]!.AsObject().Remove(ModelFormat.FormatKey)), "FactorModel.Import");

    [Theory]
    [InlineData(0L)]
    [InlineData(1L)]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    [InlineData(100_000_001L)]
    public void The_length_of_the_header_must_fit_the_file(long length)
    {
        byte[] file = [.. Valid];
        BinaryPrimitives.WriteInt64LittleEndian(file, length);
        Assert.Equal(0, Refused(file, "header's length").Offset);
    }

    [Theory]
    [InlineData("[]", "'{'")]
    [InlineData("{ ", "malformed")]
    [InlineData("{}x", "malformed")]
    [InlineData("{}{}", "malformed")]
    [InlineData("""{"a":1}""", "form")]
    [InlineData("""{"a":[1]}""", "form")]
    [InlineData("""{"a":{"dtype":"F32"}}""", "incompletely")]
    [InlineData("""{"a":{"dtype":"F33","shape":[],"data_offsets":[0,4]}}""", "F33")]
    [InlineData("""{"a":{"dtype":"F32","shape":[],"data_offsets":[0]}}""", "incompletely")]
    [InlineData("""{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4,8]}}""", "form")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "form")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "form")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}}""", "form")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", "form")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", "malformed")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", "form")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "8, which")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904,0],"data_offsets":[0,0]}}""", "overflows")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", "overflows")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[8,0]}}""", "lies from 8 to 0")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""", "lies from 0")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""", "where the one before it ends")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "4 bytes follow")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""", "where the one before it ends")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[0],"data_offsets":[8,8]}}""", "twice")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "twice")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8],"more":1}}""", "unknown")]
    [InlineData("""{"__metadata__":{"a":1}}""", "form")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", "twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "twice")]
    [InlineData("""{"__metadata__":{"promorec.header_sha256":"00"}}""", "64 digits")]
    [InlineData("""{"__metadata__":{"a":"\ud800"}}""", "surrogate")]
    [InlineData("""{"\udc00":{}}""", "surrogate")]
    [InlineData("""{"a":{"b":{"c":{}}}}""", "unknown")]
    [InlineData("{\"a\":{},}", "incompletely")]
    [InlineData("{/**/}", "malformed")]
    public void Headers_that_are_not_safetensors_are_refused(string json, string fault)
    {
        byte[] text = Encoding.UTF8.GetBytes(json);
        byte[] file = new byte[8 + text.Length + 8];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)text.Length);
        text.CopyTo(file, 8);
        Refused(file, fault);
    }

    [Fact]
    public void A_header_that_is_not_utf8_is_refused()
    {
        byte[] file = [4, 0, 0, 0, 0, 0, 0, 0, (byte)'{', 0xFF, (byte)'}', (byte)' '];
        Refused(file, "UTF-8");
    }

    [Fact]
    public void A_tensor_too_few_too_many_or_of_another_form_is_refused()
    {
        Refused(Edited(header => Rename(header, ModelFormat.ItemPopularity, "other")), "lacks the tensor");
        Refused(Edited(header => Rename(header, "padding.0", "other")), "does not have");
        Refused(Edited(header => header[ModelFormat.ItemPopularity]!["dtype"] = "I32"), "F32 of rank 1");
        Refused(Edited(header => header[ModelFormat.ItemPopularity]!["shape"] = new JsonArray(9, 1)), "F32 of rank 1");
        Refused(Edited(header => header[ModelFormat.LastDays]!["dtype"] = "F32"), "I32 of rank 1");
        Refused(Edited(header => header[ModelFormat.UserFactors]!["shape"] = new JsonArray(14, 8)), "agree");
        Refused(Edited(header => header[TensorFile.MetadataKey]!.AsObject().Remove("sha256.users.text")), "lack the checksum");
        Refused(Edited(header => header[TensorFile.MetadataKey]!["model.factors"] = "17"), "agree");
        Refused(Edited(header => header[TensorFile.MetadataKey]!["model.factors"] = "0"), "1 to 4096");
        Refused(Edited(header => header[TensorFile.MetadataKey]!["objective.alpha"] = "NaN"), "finite");
        Refused(Edited(header => header[TensorFile.MetadataKey]!["objective.add_one_to_confidence"] = "1"), "true or false");
        Refused(Edited(header => header[TensorFile.MetadataKey]!["model.seed"] = "-1"), "whole number");
        Refused(Edited(header => header[TensorFile.MetadataKey]!["metric.loss"] = "low"), "a number");
        Refused(Edited(header => header[TensorFile.MetadataKey]!.AsObject().Remove("model.algorithm")), "lack model.algorithm");
        Refused(Edited(header => header[TensorFile.MetadataKey]!["sha256.users.text"] = new string('0', 64)), "checksum");
    }

    [Fact]
    public void A_tensor_off_its_alignment_is_refused()
    {
        // The same data behind a header that is eight bytes longer.
        int length = ModelFileEditor.HeaderLength(Valid);
        byte[] file = [.. Valid[..(8 + length)], .. "        "u8, .. Valid[(8 + length)..]];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)length + 8);
        Refused(ModelFileEditor.SealHeader(file), "a multiple of 64");
    }

    [Theory]
    [InlineData(ModelFormat.UserFactors, 0, float.NaN, "finite")]
    [InlineData(ModelFormat.ItemFactors, 17, float.PositiveInfinity, "finite")]
    [InlineData(ModelFormat.ItemFactors, 19, 1f, "padding of row 1")]
    [InlineData("history.values", 2, float.NegativeInfinity, "finite")]
    [InlineData(ModelFormat.ItemPopularity, 1, -1f, "from 0 up")]
    public void Wrong_numbers_are_refused_where_they_stand(string tensor, int index, float value, string fault)
    {
        byte[] file = ModelFileEditor.WithTensor(Valid, tensor, (bytes, start) => BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(start + (4 * index)), value));
        Assert.Equal(ModelFileEditor.Extent(Valid, tensor).Start + (4 * index), Refused(file, fault).Offset);
    }

    [Theory]
    [InlineData("history.columns")]
    [InlineData("consumed_items.columns")]
    [InlineData("consumed_offers.columns")]
    public void Columns_out_of_range_or_order_are_refused(string tensor)
    {
        foreach (int column in new[] { -1, 9, int.MaxValue, int.MinValue })
        {
            Refused(ModelFileEditor.WithTensor(Valid, tensor, (bytes, start) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(start), column)), "columns that ascend");
        }
    }

    [Theory]
    [InlineData("history.row_offsets")]
    [InlineData("consumed_items.row_offsets")]
    [InlineData("consumed_offers.row_offsets")]
    [InlineData("users.offsets")]
    [InlineData("items.offsets")]
    [InlineData("offers.offsets")]
    public void Offsets_that_fall_or_do_not_span_are_refused(string tensor)
    {
        foreach (long offset in new[] { -1L, long.MaxValue, long.MinValue, 1L << 32 })
        {
            Refused(ModelFileEditor.WithTensor(Valid, tensor, (bytes, start) => BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(start), offset)), "span");
            Refused(ModelFileEditor.WithTensor(Valid, tensor, (bytes, start) => BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(start + 8), offset)), "never fall");
        }
    }

    [Fact]
    public void Ids_that_are_no_ids_or_out_of_order_are_refused_without_naming_them()
    {
        Refused(ModelFileEditor.WithTensor(Valid, "items.text", (bytes, start) => bytes[start] = 0xFF), "not valid UTF-8");
        Refused(ModelFileEditor.WithTensor(Valid, "items.text", (bytes, start) => bytes.AsSpan(start, 6).Fill((byte)' ')), "blank");
        ArtifactException fault = Refused(ModelFileEditor.WithTensor(Valid, "items.text", (bytes, start) => bytes[start + 5] = (byte)'1'), "ordinal order");
        Assert.DoesNotContain("item-1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Slots_that_lack_a_row_or_point_outside_are_refused()
    {
        foreach (int slot in new[] { -1, 8, int.MaxValue })
        {
            Refused(ModelFileEditor.WithTensor(Valid, "users.slots", (bytes, start) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(start), slot)), "slot 0");
        }

        Refused(ModelFileEditor.WithTensor(Valid, "users.slots", (bytes, start) => bytes.AsSpan(start, 16 * 4).Clear()), "hold 0 rows");
    }

    [Fact]
    public void Without_verification_a_wrong_tensor_loads_and_no_access_leaves_it()
    {
        var unverified = new ModelLoadOptions { VerifyTensors = false };
        byte[] file = ModelFileEditor.WithTensor(Valid, "history.row_offsets", (bytes, start) => BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(start + 8), long.MaxValue));
        FactorModel model = FactorModel.Load(file, unverified);
        Assert.ThrowsAny<ArgumentException>(() => model.History.ByUser.ColumnsOf(0).Length);

        // Deriving what version 1 lacks walks the tensors, so there they are verified in any case.
        byte[] first = SampleModel.FirstVersionBytes(SampleModel.Create());
        file = ModelFileEditor.WithTensor(first, "history.columns", (bytes, start) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(start), int.MaxValue));
        Assert.Throws<ArtifactException>(() => FactorModel.Load(file, unverified));
    }

    [Fact]
    public void The_order_of_ids_is_that_of_their_utf16_text()
    {
        string[] ids = ["", "a", "ab", "b", "z", "ß", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFFFD", "\uFFFF", "\U00010000", "\U0001F600", "\U0010FFFF", "a\uFF5E", "a😀", "a\uE000b"];
        foreach (string x in ids)
        {
            foreach (string y in ids)
            {
                Assert.Equal(Math.Sign(string.CompareOrdinal(x, y)), Math.Sign(OrdinalText.Compare(Encoding.UTF8.GetBytes(x), Encoding.UTF8.GetBytes(y))));
            }
        }
    }

    private static byte[] Edited(Action<JsonObject> edit) => ModelFileEditor.WithHeader(Valid, edit);

    private static void Rename(JsonObject header, string from, string to)
    {
        JsonNode tensor = header[from]!.DeepClone();
        header.Remove(from);
        header[to] = tensor;
    }

    private static ArtifactException Refused(byte[] file, string? fault = null)
    {
        ArtifactException exception = Assert.Throws<ArtifactException>(() => FactorModel.Load(file));
        Assert.InRange(exception.Offset, 0, file.Length);
        Assert.Contains($"byte {exception.Offset:N0}:", exception.Message, StringComparison.Ordinal);
        Assert.Contains("; expected ", exception.Message, StringComparison.Ordinal);
        if (fault is not null)
        {
            Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
        }

        return exception;
    }
}
