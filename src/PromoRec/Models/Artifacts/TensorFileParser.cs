using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace PromoRec.Models.Artifacts;

/// <summary>Reads the header of a safetensors file and believes nothing in it that the file's length does not bear out.</summary>
/// <remarks>Source of the format: the README of huggingface/safetensors, "Format".</remarks>
internal ref struct TensorFileParser
{
    // The root, a tensor, its shape.
    private const int MaxDepth = 3;
    private const int MaxRank = 8;

    private readonly ArtifactBytes _bytes;
    private readonly long _dataOffset;
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly List<TensorEntry> _tensors = [];
    private Utf8JsonReader _json;
    private long _headerChecksumOffset = -1;

    private TensorFileParser(ArtifactBytes bytes, ReadOnlySpan<byte> header)
    {
        _bytes = bytes;
        _dataOffset = TensorFile.PrefixLength + (long)header.Length;
        _json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    private readonly long Position => TensorFile.PrefixLength + _json.TokenStartIndex;

    public static TensorFile Parse(ArtifactBytes bytes)
    {
        ReadOnlySpan<byte> header = bytes.Slice(TensorFile.PrefixLength, HeaderLengthOf(bytes));
        if (header[0] != (byte)'{')
        {
            throw bytes.Fault(TensorFile.PrefixLength, $"the header starts with the byte 0x{header[0]:X2}", "'{', the start of a JSON object");
        }

        if (!Utf8.IsValid(header))
        {
            throw bytes.Fault(TensorFile.PrefixLength, "the header is not valid UTF-8", "JSON in UTF-8");
        }

        var parser = new TensorFileParser(bytes, header);
        try
        {
            parser.ReadRoot();
        }
        catch (JsonException fault)
        {
            throw bytes.Fault(TensorFile.PrefixLength + parser._json.BytesConsumed, "the header's JSON is malformed or nested too deeply", "one JSON object of tensors and metadata", inner: fault);
        }
        catch (InvalidOperationException fault)
        {
            throw bytes.Fault(parser.Position, "a text of the header holds half a surrogate pair", "valid Unicode", inner: fault);
        }

        parser.CheckExtents();
        GC.KeepAlive(bytes);
        return new TensorFile(parser._metadata, parser._tensors, header.Length, parser._headerChecksumOffset);
    }

    private static int HeaderLengthOf(ArtifactBytes bytes)
    {
        if (bytes.Length < TensorFile.PrefixLength + 2)
        {
            throw bytes.Fault(0, $"the file has {bytes.Length} bytes", "at least 10: the header's length, and a header", bytes.Length == 0 ? "The file is empty: save the model again." : "The file was cut: copy it again from its source.");
        }

        ulong declared = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(0, TensorFile.PrefixLength));
        ulong available = (ulong)bytes.Length - TensorFile.PrefixLength;
        if (declared > available || declared is < 2 or > TensorFile.MaxHeaderLength)
        {
            throw bytes.Fault(0, $"the header's length is given as {declared:N0} bytes", $"2 to {Math.Min(available, TensorFile.MaxHeaderLength):N0}", "This is not a safetensors file, or it was cut: name a file that FactorModel.Save wrote, or copy it again.");
        }

        return (int)declared;
    }

    private void ReadRoot()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        _json.Read();
        while (NextProperty(out string name))
        {
            long position = Position;
            if (!names.Add(name))
            {
                throw _bytes.Fault(position, $"the header names {Show(name)} twice", "every name once");
            }

            if (name == TensorFile.MetadataKey)
            {
                ReadMetadata();
            }
            else
            {
                ReadTensor(name, position);
            }
        }

        // Anything but white space after the object makes the reader throw.
        _json.Read();
    }

    private void ReadMetadata()
    {
        Expect(JsonTokenType.StartObject, "an object of texts");
        while (NextProperty(out string key))
        {
            long position = Position;
            Expect(JsonTokenType.String, "a text");
            if (!_metadata.TryAdd(key, _json.GetString()!))
            {
                throw _bytes.Fault(position, $"the metadata names {Show(key)} twice", "every name once");
            }

            if (key == ModelFormat.HeaderChecksumKey)
            {
                if (_json.ValueIsEscaped || _json.ValueSpan.Length != Checksums.HexLength)
                {
                    throw _bytes.Fault(Position, "the header's checksum is not 64 digits", "64 lower-case hexadecimal digits");
                }

                _headerChecksumOffset = Position + 1;
            }
        }
    }

    private void ReadTensor(string name, long position)
    {
        if (_tensors.Count == TensorFile.MaxTensors)
        {
            throw _bytes.Fault(position, "the header names too many tensors", $"at most {TensorFile.MaxTensors:N0}");
        }

        TensorType? type = null;
        long[]? shape = null;
        long[]? extent = null;
        Expect(JsonTokenType.StartObject, "an object with dtype, shape and data_offsets");
        while (NextProperty(out string key))
        {
            switch (key)
            {
                case "dtype" when type is null:
                    Expect(JsonTokenType.String, "the name of an element type");
                    string? typeName = _json.GetString();
                    type = TensorType.TryParse(typeName, out TensorType known) ? known : throw _bytes.Fault(Position, $"the element type {Show(typeName!)} is unknown", "an element type of the safetensors format, such as F32");
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(MaxRank);
                    break;
                case "data_offsets" when extent is null:
                    extent = ReadNumbers(2);
                    break;
                default:
                    throw _bytes.Fault(Position, $"a tensor has {Show(key)}, which is unknown or there twice", "dtype, shape and data_offsets, once each");
            }
        }

        if (type is not { } elementType || shape is null || extent is not { Length: 2 })
        {
            throw _bytes.Fault(position, $"the tensor {Show(name)} is described incompletely", "dtype, shape and two data_offsets");
        }

        AddTensor(name, position, elementType, shape, extent[0], extent[1]);
    }

    private readonly void AddTensor(string name, long position, TensorType type, long[] shape, long begin, long end)
    {
        long available = _bytes.Length - _dataOffset;
        if (begin > end || end > available)
        {
            throw _bytes.Fault(position, $"the tensor {Show(name)} lies from {begin:N0} to {end:N0} of the data", $"an extent inside the {available:N0} bytes of data that the file has", "The file was cut or is damaged: copy it again from its source.");
        }

        // 128 bits, because a shape may be a lie of any size; a zero among large dimensions must not hide an overflow either.
        UInt128 byteCount = (UInt128)type.Size;
        UInt128 nonZero = 1;
        foreach (long dimension in shape)
        {
            byteCount *= (UInt128)dimension;
            nonZero *= (UInt128)Math.Max(1, dimension);
            if (nonZero > long.MaxValue)
            {
                throw _bytes.Fault(position, $"the shape of the tensor {Show(name)} overflows", "fewer than 2^63 elements");
            }
        }

        if (byteCount != (UInt128)(end - begin))
        {
            throw _bytes.Fault(position, $"the tensor {Show(name)} has {end - begin:N0} bytes", $"{byteCount:N0}, which its shape and type need");
        }

        _tensors.Add(new TensorEntry(name, type, shape, _dataOffset + begin, end - begin, position));
    }

    private readonly void CheckExtents()
    {
        _tensors.Sort(static (x, y) => x.Offset != y.Offset ? x.Offset.CompareTo(y.Offset) : x.ByteCount.CompareTo(y.ByteCount));
        long at = _dataOffset;
        foreach (TensorEntry tensor in _tensors)
        {
            if (tensor.Offset != at)
            {
                throw _bytes.Fault(tensor.HeaderOffset, $"the tensor {Show(tensor.Name)} starts at byte {tensor.Offset:N0}", $"byte {at:N0}, where the one before it ends");
            }

            at += tensor.ByteCount;
        }

        if (at != _bytes.Length)
        {
            throw _bytes.Fault(at, $"{_bytes.Length - at:N0} bytes follow the last tensor", "the end of the file");
        }
    }

    private bool NextProperty(out string name)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.PropertyName)
        {
            name = _json.GetString()!;
            return true;
        }

        name = string.Empty;
        return false;
    }

    private void Expect(JsonTokenType expected, string what)
    {
        _json.Read();
        if (_json.TokenType != expected)
        {
            ThrowUnexpected(what);
        }
    }

    private long[] ReadNumbers(int most)
    {
        Expect(JsonTokenType.StartArray, "a list of whole numbers");
        Span<long> numbers = stackalloc long[MaxRank];
        for (int count = 0; ; count++)
        {
            _json.Read();
            if (_json.TokenType == JsonTokenType.EndArray)
            {
                return numbers[..count].ToArray();
            }

            if (count == most || _json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out long number) || number < 0)
            {
                ThrowUnexpected($"at most {most} whole numbers from 0 to 2^63 - 1");
                return [];
            }

            numbers[count] = number;
        }
    }

    [DoesNotReturn]
    private readonly void ThrowUnexpected(string what) =>
        throw _bytes.Fault(Position, "the header does not have the form of a safetensors header here", what);

    /// <summary>A name from the file, short enough for a message.</summary>
    private static string Show(string name) => name.Length <= 40 ? $"'{name}'" : $"'{name.AsSpan(0, 40)}…'";
}
