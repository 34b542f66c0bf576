using System.Security.Cryptography;
using System.Text;

namespace PromoRec.Training.Interest;

/// <summary>Tells catalogs apart, so that a model trained with another one has another version.</summary>
internal static class ItemsFingerprint
{
    private const int Length = 12;

    /// <param name="namesOf">The names of the groups of each item.</param>
    public static string Of(string[][] namesOf)
    {
        string text = string.Join('\n', namesOf.Select(names => string.Join('\t', names.Order(StringComparer.Ordinal))));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Length];
    }
}
