using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace PromoRec.Push.PolicyFile;

/// <summary>Says what validators of options say in the words of a policy file: they name properties and methods, which who writes a file has never seen.</summary>
internal static partial class OptionWords
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LedgerOptions.Retention"] = "'ledger.retention'",
        ["SellerId"] = "'sellerId'",
        ["Drop"] = "'drop'",
        ["Defer"] = "'defer'",
        ["DeferToEnd"] = "'defer'",
        ["DeferFirstOnly"] = "'deferFirst'",
        ["DeferLatestOnly"] = "'deferLatest'",
        ["Digest"] = "'digest'",
        ["HoldToEnd"] = "'holdToEnd'",
        ["NearestEdge"] = "'nearestEdge'",
        ["Action"] = "'action'",
        ["Scope"] = "'by'",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Translate(string fault) => Identifier().Replace(fault, match => Words.GetValueOrDefault(match.Value, match.Value));

    [GeneratedRegex(@"[A-Z][A-Za-z]*(\.[A-Z][A-Za-z]*)?", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
