using System.Buffers.Binary;
using System.Text.Json.Nodes;
using PromoRec.Models.Artifacts;
using PromoRec.Numerics;

namespace PromoRec.Tests.Models;

/// <summary>Damages a model file and makes the checksums right again, as an attacker or a faulty writer would.</summary>
internal static class SealedMutator
{
    private static readonly string[] Numbers = ["0", "1", "-1", "2", "3", "64", "1.5", "1e3", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "4611686018427387904", "2147483648", "\"1\"", "null", "[]", "{}", "true"];
    private static readonly string[] Texts = ["", "0", "1", "2", "3", "-1", "NaN", "Infinity", "1e400", "true", "F64", "I32", "U8", "BOOL", "\u0000", "𝟜", "999999999999999999999", "0000"];
    private static readonly float[] Floats = [float.NaN, float.PositiveInfinity, -1, 1, float.MaxValue, -0f, 1e-45f];
    private static readonly long[] Integers = [-1, 0, 1, 2, 7, 8, 9, 1 << 20, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 1L << 32];

    public static byte[] Mutate(byte[] valid, ref SeededRandom random) => random.NextInt32(3) switch
    {
        0 => MutateText(valid, ref random),
        1 => MutateHeader(valid, ref random),
        _ => MutateTensor(valid, ref random),
    };

    /// <summary>Damages the JSON as text.</summary>
    private static byte[] MutateText(byte[] valid, ref SeededRandom random)
    {
        byte[] file = [.. valid];
        for (int times = 1 + random.NextInt32(2); times > 0; times--)
        {
            int at = 8 + random.NextInt32(ModelFileEditor.HeaderLength(valid));
            file[at] = random.NextInt32(3) switch
            {
                0 => (byte)(file[at] ^ (1 << random.NextInt32(8))),
                1 => (byte)"{}[]\",:0123456789-+.eE \\u/"[random.NextInt32(26)],
                _ => file[8 + random.NextInt32(ModelFileEditor.HeaderLength(valid))],
            };
        }

        return ModelFileEditor.SealHeader(file);
    }

    /// <summary>Changes what the JSON says.</summary>
    private static byte[] MutateHeader(byte[] valid, ref SeededRandom random)
    {
        JsonObject header = ModelFileEditor.Header(valid);
        string[] tensors = [.. header.Select(entry => entry.Key).Where(key => key != TensorFile.MetadataKey)];
        string tensor = Pick(tensors, ref random);
        string other = Pick(tensors, ref random);
        JsonObject metadata = header[TensorFile.MetadataKey]!.AsObject();
        string key = Pick([.. metadata.Select(entry => entry.Key)], ref random);
        switch (random.NextInt32(11))
        {
            case 0:
                header[tensor]!["dtype"] = Pick(Texts, ref random);
                break;
            case 1:
                Change(header[tensor]!["shape"]!.AsArray(), ref random);
                break;
            case 2:
                Change(header[tensor]!["data_offsets"]!.AsArray(), ref random);
                break;
            case 3:
                header.Remove(tensor);
                break;
            case 4:
                (header[tensor], header[other]) = (header[other]!.DeepClone(), header[tensor]!.DeepClone());
                break;
            case 5:
                header[Pick(Texts, ref random)] = header[tensor]!.DeepClone();
                break;
            case 6:
                metadata[key] = Pick(Texts, ref random);
                break;
            case 7:
                metadata.Remove(key);
                break;
            case 8:
                metadata[key] = JsonNode.Parse(Pick(Numbers, ref random));
                break;
            case 9:
                header[tensor]![Pick(["dtype", "shape", "data_offsets", "more"], ref random)] = JsonNode.Parse(Pick(Numbers, ref random));
                break;
            default:
                return Duplicate(valid, header, tensor);
        }

        return ModelFileEditor.WithHeader(valid, header.ToJsonString());
    }

    /// <summary>Names one tensor twice, which no JSON document model can express.</summary>
    private static byte[] Duplicate(byte[] valid, JsonObject header, string tensor) =>
        ModelFileEditor.WithHeader(valid, $"{header.ToJsonString()[..^1]},\"{tensor}\":{header[tensor]!.ToJsonString()}}}");

    private static void Change(JsonArray numbers, ref SeededRandom random)
    {
        JsonNode? value = JsonNode.Parse(Pick(Numbers, ref random));
        if (numbers.Count == 0 || random.NextInt32(4) == 0)
        {
            numbers.Add(value);
        }
        else
        {
            numbers[random.NextInt32(numbers.Count)] = value;
        }
    }

    /// <summary>Changes what stands in a tensor.</summary>
    private static byte[] MutateTensor(byte[] valid, ref SeededRandom random)
    {
        JsonObject header = ModelFileEditor.Header(valid);
        string[] tensors = [.. header.Where(entry => entry.Key != TensorFile.MetadataKey && (int)entry.Value!["shape"]![0]! > 0).Select(entry => entry.Key)];
        string tensor = Pick(tensors, ref random);
        (int start, int end) = ModelFileEditor.Extent(valid, tensor);
        int size = (string?)header[tensor]!["dtype"] switch { "U8" => 1, "I64" or "F64" => 8, _ => 4 };
        int at = random.NextInt32((end - start) / size) * size;
        int from = random.NextInt32((end - start) / size) * size;
        int kind = random.NextInt32(5);
        long integer = Integers[random.NextInt32(Integers.Length)];
        float number = Floats[random.NextInt32(Floats.Length)];
        int bit = random.NextInt32(8 * size);
        return ModelFileEditor.WithTensor(valid, tensor, (file, first) =>
        {
            Span<byte> element = file.AsSpan(first + at, size);
            switch (kind)
            {
                case 0:
                    element[bit / 8] ^= (byte)(1 << (bit % 8));
                    break;
                case 1 when size == 8:
                    BinaryPrimitives.WriteInt64LittleEndian(element, integer);
                    break;
                case 1 when size == 4:
                    BinaryPrimitives.WriteInt32LittleEndian(element, (int)integer);
                    break;
                case 2 when size == 4:
                    BinaryPrimitives.WriteSingleLittleEndian(element, number);
                    break;
                case 2 when size == 8:
                    BinaryPrimitives.WriteDoubleLittleEndian(element, number);
                    break;
                case 3:
                    file.AsSpan(first + from, size).CopyTo(element);
                    break;
                default:
                    element.Fill((byte)integer);
                    break;
            }
        });
    }

    private static string Pick(string[] from, ref SeededRandom random) => from[random.NextInt32(from.Length)];
}
