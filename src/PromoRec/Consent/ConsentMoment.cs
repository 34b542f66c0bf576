using System.Globalization;

namespace PromoRec.Consent;

/// <summary>A customer's ledger as it was read, and when.</summary>
internal sealed class ConsentMoment(ConsentRecord record, DateTimeOffset now)
{
    // Clocks of replicas differ a little; an event that lies further ahead is a mistake that later events must not copy.
    private static readonly TimeSpan MaxSkew = TimeSpan.FromHours(1);

    public ConsentRecord Record { get; } = record;

    public DateTimeOffset Now { get; } = now;

    public ConsentView View { get; } = new(record);

    /// <summary>When something happened: never later than now if the host says when; otherwise now, and not before what another replica with a faster clock has just stored.</summary>
    public DateTimeOffset TimeOf(DateTimeOffset? at)
    {
        if (at is { } said)
        {
            return said < Now ? said : Now;
        }

        DateTimeOffset time = Now;
        foreach (ConsentEvent entry in Record.Events)
        {
            time = entry.At > time && entry.At - Now <= MaxSkew ? entry.At : time;
        }

        return time;
    }

    /// <summary>An id for a new event: no other event of the customer has this position.</summary>
    public string NewEventId(int offset = 0) => string.Create(CultureInfo.InvariantCulture, $"promorec:{Record.Version + 1 + offset}");

    public ConsentEvent? Find(string eventId)
    {
        foreach (ConsentEvent entry in Record.Events)
        {
            if (string.Equals(entry.EventId, eventId, StringComparison.Ordinal))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>The last event that says what another says.</summary>
    public ConsentEvent? LastOf(ConsentEvent like)
    {
        for (int i = Record.Events.Length - 1; i >= 0; i--)
        {
            ConsentEvent entry = Record.Events[i];
            if (entry.State == like.State && entry.Purpose == like.Purpose && entry.Channel == like.Channel && entry.Topic == like.Topic)
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>What holds at exactly this purpose, channel and topic.</summary>
    public ConsentNode? NodeAt(ConsentPurpose purpose, ChannelId channel, string topic)
    {
        foreach (ref readonly ConsentNode node in View.Nodes)
        {
            if (node.Purpose == purpose && node.Channel == channel && node.Topic == topic)
            {
                return node;
            }
        }

        return null;
    }
}
