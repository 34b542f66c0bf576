using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using PromoRec.Interactions;

namespace PromoRec.Profiles;

/// <summary>Writes what is kept of a customer for that customer to read.</summary>
internal static class ProfileJson
{
    // A person reads it, not a page of HTML: only what JSON itself needs is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    public static byte[] Write(CustomerProfile profile, ProfileContents contents)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("customer", profile.UserId.ToString());
            writer.WriteString("asOf", profile.AsOf);
            WriteTags(writer, contents.Tags);
            WriteInterests(writer, "categories", profile.Categories);
            WriteInterests(writer, "brands", profile.Brands);
            WritePurchases(writer, profile);
            WriteHabits(writer, profile);
            WriteSegment(writer, profile.Segment);
            WriteEvents(writer, contents.Events);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteTags(Utf8JsonWriter writer, CustomerTag[] tags)
    {
        writer.WriteStartArray("tags");
        foreach (CustomerTag tag in tags)
        {
            writer.WriteStartObject();
            writer.WriteString("name", tag.Name);
            writer.WriteString("source", tag.Source);
            writer.WriteString("at", tag.At);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteInterests(Utf8JsonWriter writer, string name, IReadOnlyList<Interest> interests)
    {
        writer.WriteStartArray(name);
        foreach (Interest interest in interests)
        {
            writer.WriteStartObject();
            writer.WriteString("name", interest.Name);
            writer.WriteNumber("weight", interest.Weight);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WritePurchases(Utf8JsonWriter writer, CustomerProfile profile)
    {
        writer.WriteStartObject("purchases");
        if (profile.Rfm.LastPurchaseAt is { } last)
        {
            writer.WriteString("last", last);
        }

        writer.WriteNumber("orders", profile.Rfm.Frequency);
        writer.WriteNumber("spent", profile.Rfm.Monetary);
        writer.WriteNumber("pricePosition", profile.Price.Position);
        writer.WriteNumber("discountShare", profile.Discount.Share);
        writer.WriteEndObject();
    }

    private static void WriteHabits(Utf8JsonWriter writer, CustomerProfile profile)
    {
        writer.WriteStartArray("hours");
        foreach (double share in profile.Hours)
        {
            writer.WriteNumberValue(share);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("channels");
        foreach (ChannelShare channel in profile.Channels)
        {
            writer.WriteNumber(channel.Channel.ToString(), channel.Share);
        }

        writer.WriteEndObject();
    }

    private static void WriteSegment(Utf8JsonWriter writer, CustomerSegment? segment)
    {
        if (segment is null)
        {
            return;
        }

        writer.WriteStartObject("segment");
        writer.WriteString("asOf", segment.AsOf);
        if (segment.Rfm is { } rfm)
        {
            writer.WriteNumber("recencyQuintile", rfm.Recency);
            writer.WriteNumber("frequencyQuintile", rfm.Frequency);
            writer.WriteNumber("monetaryQuintile", rfm.Monetary);
        }

        if (segment.Cluster is { } cluster)
        {
            writer.WriteNumber("cluster", cluster);
        }

        writer.WriteEndObject();
    }

    private static void WriteEvents(Utf8JsonWriter writer, Interaction[] events)
    {
        writer.WriteStartArray("events");
        foreach (ref readonly Interaction interaction in events.AsSpan())
        {
            WriteEvent(writer, interaction);
        }

        writer.WriteEndArray();
    }

    private static void WriteEvent(Utf8JsonWriter writer, in Interaction interaction)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", interaction.Kind.Name);
        WriteText(writer, "item", interaction.Item.ToString());
        WriteText(writer, "offer", interaction.Offer.ToString());
        if (interaction.At != default)
        {
            writer.WriteString("at", interaction.At);
        }

        writer.WriteNumber("value", interaction.Value);
        WriteText(writer, "id", interaction.EventId);
        if (interaction.Details is { } details)
        {
            WriteAmount(writer, "amount", details.Amount);
            WriteAmount(writer, "discount", details.Discount);
            WriteText(writer, "order", details.OrderId);
            WriteText(writer, "channel", details.Channel.ToString());
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteAmount(Utf8JsonWriter writer, string name, decimal? amount)
    {
        if (amount is { } known)
        {
            writer.WriteNumber(name, known);
        }
    }
}
