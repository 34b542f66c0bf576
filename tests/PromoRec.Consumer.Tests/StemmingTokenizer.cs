using PromoRec.Models.Content;

namespace PromoRec.Consumer.Tests;

/// <summary>Words without their plural endings.</summary>
internal sealed class StemmingTokenizer : ITextTokenizer
{
    private readonly UnicodeTokenizer _words = new();

    public string Name => "shop-stems-1";

    public IEnumerable<string> Tokenize(string text) => _words.Tokenize(text).Select(word => word.EndsWith('s') ? word[..^1] : word);
}
