using System.Security.Cryptography;

namespace PromoRec.Consent.Unsubscribing;

/// <summary>A secret with which unsubscribe tokens are made. Keep it where other secrets are kept, and the same for all replicas.</summary>
public sealed class UnsubscribeKey
{
    /// <summary>Fewest bytes of a secret.</summary>
    public const int MinSecretLength = 32;

    private const int PartLength = 32;

    /// <summary>Takes a secret into use.</summary>
    /// <param name="id">Tells it from the other keys of the ring; it stands in the token.</param>
    /// <param name="secret">At least 32 random bytes.</param>
    /// <exception cref="ArgumentException">The secret is too short.</exception>
    public UnsubscribeKey(byte id, ReadOnlySpan<byte> secret)
    {
        if (secret.Length < MinSecretLength)
        {
            throw new ArgumentException($"A secret has at least {MinSecretLength} random bytes, but this one has {secret.Length}.", nameof(secret));
        }

        Id = id;
        Span<byte> parts = stackalloc byte[3 * PartLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, parts, [], "promorec unsubscribe 1"u8);
        Encryption = parts[..PartLength].ToArray();
        Vector = parts[PartLength..(2 * PartLength)].ToArray();
        Signature = parts[(2 * PartLength)..].ToArray();
        CryptographicOperations.ZeroMemory(parts);
    }

    /// <summary>Tells it from the other keys of the ring.</summary>
    public byte Id { get; }

    /// <summary>Hides the content.</summary>
    internal byte[] Encryption { get; }

    /// <summary>Makes the initialization vector out of the content.</summary>
    internal byte[] Vector { get; }

    /// <summary>Shows that the token is ours.</summary>
    internal byte[] Signature { get; }
}
