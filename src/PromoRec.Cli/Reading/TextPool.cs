using System.Text;

namespace PromoRec.Cli.Reading;

/// <summary>Gives equal UTF-8 texts one and the same string, so that an id that stands in a million rows is in memory once.</summary>
internal sealed class TextPool
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<byte>> _texts = new HashSet<string>(new Utf8Comparer()).GetAlternateLookup<ReadOnlySpan<byte>>();

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (!_texts.TryGetValue(utf8, out string? text))
        {
            _texts.Add(utf8);
            _texts.TryGetValue(utf8, out text);
        }

        return text!;
    }

    /// <summary>Compares by the UTF-8 form, which a text that is looked up has already.</summary>
    private sealed class Utf8Comparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
    {
        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public bool Equals(ReadOnlySpan<byte> alternate, string other) =>
            Ascii.IsValid(alternate) ? Ascii.Equals(alternate, other) : string.Equals(Encoding.UTF8.GetString(alternate), other, StringComparison.Ordinal);

        public int GetHashCode(string obj) => GetHashCode(Encoding.UTF8.GetBytes(obj));

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public string Create(ReadOnlySpan<byte> alternate) => Encoding.UTF8.GetString(alternate);
    }
}
