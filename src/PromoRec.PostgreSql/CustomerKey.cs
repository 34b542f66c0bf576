using System.Security.Cryptography;
using System.Text;

namespace PromoRec.PostgreSql;

/// <summary>A customer's id as the first column of every table: its UTF-8 bytes, which may hold any character; a long id is hashed, because an index takes only short keys.</summary>
internal static class CustomerKey
{
    /// <summary>Longest id that is stored as it is, in bytes.</summary>
    public const int MaxPlainLength = 200;

    // No UTF-8 text begins with it, so no plain id equals a hash.
    private const byte HashMark = 0xFF;

    /// <param name="userId">The customer.</param>
    /// <param name="longId">The whole id where the key is a hash of it; else null.</param>
    public static byte[] Of(UserId userId, out byte[]? longId)
    {
        byte[] plain = new byte[userId.Value.Utf8Length];
        userId.Value.WriteUtf8(plain);
        longId = plain.Length > MaxPlainLength ? plain : null;
        return longId is null ? plain : [HashMark, .. SHA256.HashData(plain)];
    }

    public static UserId Read(byte[] key, byte[]? longId) => new(Encoding.UTF8.GetString(longId ?? key));
}
