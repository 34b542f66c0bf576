using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace PromoRec.Consent.Unsubscribing;

/// <summary>Makes and reads the tokens of unsubscribe links: they work without a login, without a lookup, and for as long as their key is in the ring.</summary>
/// <remarks>
/// <para>A token holds who leaves what, encrypted, so that a link in a log or in a browser's history names nobody: AES-256-CBC with an initialization
/// vector made of the content by HMAC-SHA256, and over all of it an HMAC-SHA256 of 32 bytes, which is compared in constant time before anything is decrypted. The same
/// content gives the same token.</para>
/// <para>Tokens do not expire: leaving must always be possible. To change keys, make a new one the active one and keep the old one among the older ones for as
/// long as messages with it may be read, at least 30 days after the last was sent. Any number of threads may call it.</para>
/// </remarks>
public sealed class UnsubscribeTokens
{
    private const byte Version = 1;
    private const int HeadLength = 2;
    private const int VectorLength = 16;
    private const int BlockLength = 16;
    private const int SignatureLength = HMACSHA256.HashSizeInBytes;
    private const int MinLength = HeadLength + VectorLength + BlockLength + SignatureLength;
    private const int MaxTokenLength = 100_000;

    private readonly UnsubscribeKey _active;
    private readonly UnsubscribeKey?[] _ring = new UnsubscribeKey?[byte.MaxValue + 1];

    /// <summary>Takes a ring of keys into use.</summary>
    /// <param name="active">The key that new tokens are made with.</param>
    /// <param name="older">Keys with which tokens were made that may still be used.</param>
    /// <exception cref="ArgumentException">Two keys have one id.</exception>
    public UnsubscribeTokens(UnsubscribeKey active, params IEnumerable<UnsubscribeKey> older)
    {
        ArgumentNullException.ThrowIfNull(active);
        ArgumentNullException.ThrowIfNull(older);
        _active = active;
        foreach (UnsubscribeKey key in older.Prepend(active))
        {
            ArgumentNullException.ThrowIfNull(key, nameof(older));
            if (_ring[key.Id] is not null)
            {
                throw new ArgumentException($"Two keys of the ring have the id {key.Id}. Give each its own.", nameof(older));
            }

            _ring[key.Id] = key;
        }
    }

    /// <summary>Makes the token of a message.</summary>
    /// <param name="userId">Who gets the message.</param>
    /// <param name="channel">The channel that the link lets the customer leave; the default value for all of them.</param>
    /// <param name="topic">The topic that it lets the customer leave; empty for all of them.</param>
    /// <returns>Letters, digits, '-' and '_', some 120 to 200 of them for usual ids.</returns>
    /// <exception cref="ArgumentException">The customer's id is empty, or the topic too long.</exception>
    public string Create(UserId userId, ChannelId channel, string topic = "")
    {
        ConsentCheck.ThrowIfNotACustomer(userId);
        byte[] content = UnsubscribePayload.Write(userId, channel, TopicPath.Canonical(topic));
        int encryptedLength = ((content.Length / BlockLength) + 1) * BlockLength;
        byte[] token = new byte[HeadLength + VectorLength + encryptedLength + SignatureLength];
        token[0] = Version;
        token[1] = _active.Id;
        Span<byte> vector = token.AsSpan(HeadLength, VectorLength);
        HMACSHA256.HashData(_active.Vector, content).AsSpan(0, VectorLength).CopyTo(vector);
        using (var aes = Aes.Create())
        {
            aes.Key = _active.Encryption;
            aes.EncryptCbc(content, vector, token.AsSpan(HeadLength + VectorLength, encryptedLength));
        }

        HMACSHA256.HashData(_active.Signature, token.AsSpan(0, token.Length - SignatureLength), token.AsSpan(token.Length - SignatureLength));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Reads a token that came back.</summary>
    /// <param name="token">What came; anything is allowed.</param>
    /// <param name="target">What it lets its bearer leave; null for what is no token, was changed, or was made with a key that is not in the ring.</param>
    public bool TryRead([NotNullWhen(true)] string? token, [NotNullWhen(true)] out UnsubscribeTarget? target)
    {
        target = null;
        if (token is null || token.Length > MaxTokenLength || !TryDecode(token, out byte[] bytes) || bytes.Length < MinLength || bytes[0] != Version || _ring[bytes[1]] is not { } key)
        {
            return false;
        }

        ReadOnlySpan<byte> signed = bytes.AsSpan(0, bytes.Length - SignatureLength);
        Span<byte> signature = stackalloc byte[SignatureLength];
        HMACSHA256.HashData(key.Signature, signed, signature);
        return CryptographicOperations.FixedTimeEquals(signature, bytes.AsSpan(signed.Length)) && TryDecrypt(key, signed[HeadLength..], out byte[] content)
            && UnsubscribePayload.TryRead(content, out target);
    }

    private static bool TryDecode(string token, out byte[] bytes)
    {
        byte[] decoded = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        OperationStatus status = Base64Url.DecodeFromChars(token, decoded, out _, out int written);
        bytes = decoded[..written];
        return status == OperationStatus.Done;
    }

    private static bool TryDecrypt(UnsubscribeKey key, ReadOnlySpan<byte> sealedText, out byte[] content)
    {
        using var aes = Aes.Create();
        aes.Key = key.Encryption;
        byte[] decrypted = new byte[sealedText.Length - VectorLength];
        bool isWhole = aes.TryDecryptCbc(sealedText[VectorLength..], sealedText[..VectorLength], decrypted, out int written);
        content = decrypted[..written];
        return isWhole;
    }
}
