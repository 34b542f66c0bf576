using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace PromoRec.Consent.Unsubscribing;

/// <summary>The content of a token as bytes: three texts in UTF-8, each after its length in two bytes.</summary>
internal static class UnsubscribePayload
{
    private const int LengthBytes = sizeof(ushort);

    public static byte[] Write(UserId userId, ChannelId channel, string topic)
    {
        string[] texts = [userId.ToString(), channel.ToString(), topic];
        byte[] bytes = new byte[texts.Sum(text => LengthBytes + Encoding.UTF8.GetByteCount(text))];
        Span<byte> rest = bytes;
        foreach (string text in texts)
        {
            int length = Encoding.UTF8.GetBytes(text, rest[LengthBytes..]);
            BinaryPrimitives.WriteUInt16LittleEndian(rest, checked((ushort)length));
            rest = rest[(LengthBytes + length)..];
        }

        return bytes;
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out UnsubscribeTarget? target)
    {
        target = null;
        if (!TryReadText(ref bytes, out string user) || !TryReadText(ref bytes, out string channelName) || !TryReadText(ref bytes, out string topic) || !bytes.IsEmpty)
        {
            return false;
        }

        ChannelId channel = default;
        if (string.IsNullOrWhiteSpace(user) || (channelName.Length > 0 && !ChannelId.TryParse(channelName, out channel)) || topic.Length > TopicPath.MaxLength)
        {
            return false;
        }

        target = new UnsubscribeTarget(new UserId(user), channel, TopicPath.Canonical(topic));
        return true;
    }

    private static bool TryReadText(ref ReadOnlySpan<byte> bytes, out string text)
    {
        text = string.Empty;
        if (bytes.Length < LengthBytes)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        bytes = bytes[LengthBytes..];
        if (length > bytes.Length || length > IdValue.MaxLength * 3 || !Utf8.IsValid(bytes[..length]))
        {
            return false;
        }

        text = Encoding.UTF8.GetString(bytes[..length]);
        bytes = bytes[length..];
        return text.Length <= IdValue.MaxLength;
    }
}
