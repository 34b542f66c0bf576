using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PromoRec.Consent;

/// <summary>A consent event as JSON in ASCII, as a store keeps it in one row: what is unset is left out, states and grounds are their numbers.</summary>
/// <remarks>A property or number that this version does not know is refused: a consent that is only half understood must not be relied on.</remarks>
internal static class ConsentEventCodec
{
    private static readonly DateTimeOffset NoTime = DateTimeOffset.MinValue;

    public static byte[] Write(ConsentEvent consentEvent)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, consentEvent.EventId);
            writer.WriteString("at"u8, consentEvent.At);
            writer.WriteNumber("state"u8, (int)consentEvent.State);
            WriteIfSet(writer, "purpose"u8, (int)consentEvent.Purpose);
            WriteIfSet(writer, "channel"u8, consentEvent.Channel.IsEmpty ? null : consentEvent.Channel.ToString());
            WriteIfSet(writer, "topic"u8, consentEvent.Topic.Length == 0 ? null : consentEvent.Topic);
            WriteIfSet(writer, "basis"u8, (int)consentEvent.Basis);
            WriteIfSet(writer, "textVersion"u8, consentEvent.TextVersion);
            WriteIfSet(writer, "textHash"u8, consentEvent.TextHash);
            WriteIfSet(writer, "source"u8, consentEvent.Source);
            WriteIfSet(writer, "actor"u8, consentEvent.Actor);
            WriteIfSet(writer, "jurisdiction"u8, consentEvent.Jurisdiction);
            WriteIfSet(writer, consentEvent.Sale);
            WriteIfSet(writer, "tokenHash"u8, consentEvent.TokenHash);
            WriteIfSet(writer, "encryptedIp"u8, consentEvent.EncryptedIp);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="LedgerUnavailableException">The text is no consent event, or one of a later version.</exception>
    public static ConsentEvent Read(ReadOnlySpan<byte> json)
    {
        try
        {
            Utf8JsonReader reader = new(json);
            ConsentEvent read = ReadEvent(ref reader);
            return reader.Read() ? throw new JsonException("Something follows.") : read;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new LedgerUnavailableException(
                LedgerFault.Corrupt, $"A consent event of {json.Length} bytes cannot be read. Nothing was changed; restore the store from a backup.", exception);
        }
    }

    private static ConsentEvent ReadEvent(ref Utf8JsonReader reader)
    {
        ConsentEvent read = new() { EventId = string.Empty, At = NoTime, State = ConsentState.Unknown };
        Open(ref reader);
        while (NextProperty(ref reader, out string name))
        {
            read = With(read, name, ref reader);
        }

        return read.EventId.Length > 0 && read.At != NoTime ? read : throw new JsonException("Its id or time is missing.");
    }

    private static ConsentEvent With(ConsentEvent read, string name, ref Utf8JsonReader reader) => name switch
    {
        "id" => read with { EventId = Text(ref reader) },
        "at" => read with { At = reader.GetDateTimeOffset() },
        "state" => read with { State = (ConsentState)Number(ref reader, (int)ConsentState.Suppressed, name) },
        "purpose" => read with { Purpose = (ConsentPurpose)Number(ref reader, (int)ConsentPurpose.Personalization, name) },
        "channel" => read with { Channel = new ChannelId(Text(ref reader)) },
        "topic" => read with { Topic = Text(ref reader) },
        "basis" => read with { Basis = (LegalBasis)Number(ref reader, (int)LegalBasis.LegalObligation, name) },
        "textVersion" => read with { TextVersion = Text(ref reader) },
        "textHash" => read with { TextHash = Text(ref reader) },
        "source" => read with { Source = Text(ref reader) },
        "actor" => read with { Actor = Text(ref reader) },
        "jurisdiction" => read with { Jurisdiction = Text(ref reader) },
        "sale" => read with { Sale = ReadSale(ref reader) },
        "tokenHash" => read with { TokenHash = Text(ref reader) },
        "encryptedIp" => read with { EncryptedIp = Text(ref reader) },
        _ => throw Unknown(name),
    };

    private static SaleEvidence ReadSale(ref Utf8JsonReader reader)
    {
        SaleEvidence sale = new(NoTime, string.Empty, string.Empty, false);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A sale is no object.");
        }

        while (NextProperty(ref reader, out string name))
        {
            sale = name switch
            {
                "at" => sale with { SaleAt = reader.GetDateTimeOffset() },
                "seller" => sale with { SellerId = Text(ref reader) },
                "category" => sale with { Category = Text(ref reader) },
                "objectionOffered" => sale with { ObjectionOffered = reader.GetBoolean() },
                _ => throw Unknown(name),
            };
        }

        return sale;
    }

    private static void Open(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("It is no object.");
        }
    }

    /// <summary>Moves to the value of the next property of the object, if there is one.</summary>
    private static bool NextProperty(ref Utf8JsonReader reader, out string name)
    {
        name = string.Empty;
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndObject)
        {
            return false;
        }

        name = Text(ref reader);
        return reader.Read();
    }

    private static string Text(ref Utf8JsonReader reader) => reader.GetString() ?? throw new JsonException("A text is null.");

    private static int Number(ref Utf8JsonReader reader, int last, string name)
    {
        int number = reader.GetInt32();
        return number >= 0 && number <= last ? number : throw Unknown($"{name} {number}");
    }

    private static LedgerUnavailableException Unknown(string what) => new(
        LedgerFault.IncompatibleSchema, $"A consent event has '{Excerpt(what)}', which this version does not know. Update PromoRec on every replica.");

    // What stands where a name should be might be anything, so only what looks like a name is repeated.
    private static string Excerpt(string what) => what.Length <= 40 && Ascii.IsValid(what) ? what : "a property";

    private static void WriteIfSet(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteIfSet(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int value)
    {
        if (value != 0)
        {
            writer.WriteNumber(name, value);
        }
    }

    private static void WriteIfSet(Utf8JsonWriter writer, SaleEvidence? sale)
    {
        if (sale is null)
        {
            return;
        }

        writer.WriteStartObject("sale"u8);
        writer.WriteString("at"u8, sale.SaleAt);
        writer.WriteString("seller"u8, sale.SellerId);
        writer.WriteString("category"u8, sale.Category);
        writer.WriteBoolean("objectionOffered"u8, sale.ObjectionOffered);
        writer.WriteEndObject();
    }
}
