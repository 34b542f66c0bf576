using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PromoRec.Push.Engine;

/// <summary>Writes decisions as JSON of a bounded size.</summary>
internal static class PushDecisionJson
{
    /// <summary>The bytes that a decision stays below.</summary>
    public const int MaxLength = 2048;

    private const int MaxTextLength = 48;
    private const int MaxObservations = 12;

    // No page is made of it, so only what JSON itself needs is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(in PushDecision decision)
    {
        var buffer = new ArrayBufferWriter<byte>(MaxLength);
        for (TraceDetail detail = TraceDetail.All; ; detail++)
        {
            buffer.ResetWrittenCount();
            using (var writer = new Utf8JsonWriter(buffer, Options))
            {
                WriteDecision(writer, decision, detail);
            }

            if (buffer.WrittenCount < MaxLength || detail == TraceDetail.None)
            {
                return buffer.WrittenSpan.ToArray();
            }
        }
    }

    private static void WriteDecision(Utf8JsonWriter writer, in PushDecision decision, TraceDetail detail)
    {
        writer.WriteStartObject();
        writer.WriteString("outcome", PushReasons.CodeOf(decision.Outcome));
        if (decision.Reason != PushReason.None)
        {
            writer.WriteString("reason", PushReasons.CodeOf(decision.Reason));
        }

        if (decision.Policy is { } policy)
        {
            writer.WriteString("rule", policy);
        }

        WriteInstant(writer, "until", decision.Until);
        WriteInstant(writer, "next", decision.Outcome == PushOutcome.Drop ? decision.NextEligibleAt : null);
        WriteInstant(writer, "validUntil", decision.ValidUntil);
        if (decision.Digest is { } digest)
        {
            writer.WriteString("digest", digest);
        }

        WriteFailed(writer, decision.Failed);
        if (decision.Trace is { } trace)
        {
            WriteTrace(writer, trace, decision.Policy, detail);
        }

        writer.WriteEndObject();
    }

    private static void WriteTrace(Utf8JsonWriter writer, PushTrace trace, string? decider, TraceDetail detail)
    {
        WriteInstant(writer, "now", trace.Now);
        if (detail == TraceDetail.None)
        {
            writer.WriteNumber("leftOut", trace.Entries.Length);
            return;
        }

        int leftOut = 0;
        writer.WriteStartArray("rules");
        foreach (PushTraceEntry entry in trace.Entries)
        {
            if (detail >= TraceDetail.Objections && entry.Verdict.Kind == PushVerdictKind.Allow)
            {
                leftOut++;
            }
            else if (detail >= TraceDetail.Decider && entry.Policy != decider)
            {
                leftOut++;
            }
            else
            {
                WriteEntry(writer, entry, trace.Now, detail);
            }
        }

        writer.WriteEndArray();
        if (leftOut > 0)
        {
            writer.WriteNumber("leftOut", leftOut);
        }
    }

    private static void WriteEntry(Utf8JsonWriter writer, PushTraceEntry entry, DateTimeOffset now, TraceDetail detail)
    {
        PushVerdict verdict = entry.Verdict;
        bool isAllowed = verdict.Kind == PushVerdictKind.Allow;
        writer.WriteStartObject();
        writer.WriteString("rule", entry.Policy);
        if (!isAllowed)
        {
            writer.WriteString("says", verdict.Kind == PushVerdictKind.Drop ? "drop" : "defer");
            writer.WriteString("reason", PushReasons.CodeOf(verdict.Reason));
            WriteFailed(writer, verdict.Failed);
        }

        if (!isAllowed || detail < TraceDetail.NamesOfAllowing)
        {
            WriteInstant(writer, "at", entry.PlannedAt == now ? null : entry.PlannedAt);
            WriteSaw(writer, entry);
        }

        if (!isAllowed || detail < TraceDetail.NoFlipsOfAllowing)
        {
            WriteFlip(writer, verdict.Flip);
        }

        writer.WriteEndObject();
    }

    private static void WriteSaw(Utf8JsonWriter writer, PushTraceEntry entry)
    {
        if (entry.Saw.IsEmpty)
        {
            return;
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        writer.WriteStartObject("saw");
        foreach (ref readonly PushObservation saw in entry.Saw.AsSpan()[..Math.Min(entry.Saw.Length, MaxObservations)])
        {
            string name = NewName(saw.Name, names);
            if (saw.Number is { } number)
            {
                writer.WriteNumber(name, number);
            }
            else if (saw.Instant is { } instant)
            {
                writer.WriteString(name, Text(instant));
            }
            else
            {
                writer.WriteString(name, Short(saw.Text ?? string.Empty));
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>Readers keep one of several members of the same name only, so a name that was there before gets a number.</summary>
    private static string NewName(string text, HashSet<string> names)
    {
        string first = Short(text);
        string name = first;
        for (int number = 2; !names.Add(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{first} {number}");
        }

        return name;
    }

    private static void WriteFlip(Utf8JsonWriter writer, in PushFlip flip)
    {
        if (flip.Kind == PushFlipKind.None)
        {
            return;
        }

        writer.WriteStartObject("flip");
        switch (flip.Kind)
        {
            case PushFlipKind.Wait:
                writer.WriteString("at", Text(flip.At));
                break;
            case PushFlipKind.Number:
                writer.WriteNumber(Short(flip.Input!), flip.Value);
                break;
            default:
                writer.WriteString(Short(flip.Input!), Short(flip.Text!));
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteFailed(Utf8JsonWriter writer, OfferConstraints failed)
    {
        if (failed == OfferConstraints.None)
        {
            return;
        }

        writer.WriteStartArray("failed");
        foreach (string code in PushReasons.CodesOf(failed))
        {
            writer.WriteStringValue(code);
        }

        writer.WriteEndArray();
    }

    private static void WriteInstant(Utf8JsonWriter writer, string name, DateTimeOffset? instant)
    {
        if (instant is { } at)
        {
            writer.WriteString(name, Text(at));
        }
    }

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength];

    /// <summary>How much of a trace is written, from all to nothing.</summary>
    private enum TraceDetail
    {
        All,
        NoFlipsOfAllowing,
        NamesOfAllowing,
        Objections,
        Decider,
        None,
    }
}
