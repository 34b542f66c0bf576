using System.Collections.Immutable;

namespace PromoRec.Consent;

/// <summary>Decides which of the events that a call would store are new, and which have been stored before.</summary>
internal static class ConsentSteps
{
    /// <param name="moment">The ledger as it was read.</param>
    /// <param name="candidates">The events; one without an id gets its own.</param>
    public static ConsentStep<ConsentOutcome> Say(ConsentMoment moment, params ReadOnlySpan<ConsentEvent> candidates)
    {
        ImmutableArray<ConsentEvent> append = [];
        ImmutableArray<ConsentEvent> tell = [];
        ConsentOutcome quiet = ConsentOutcome.Unchanged;
        foreach (ConsentEvent candidate in candidates)
        {
            ConsentEvent? stored = Stored(moment, candidate);
            if (stored is null)
            {
                append = append.Add(candidate.EventId.Length > 0 ? candidate : candidate with { EventId = moment.NewEventId(append.Length) });
                continue;
            }

            if (!SaysTheSame(stored, candidate))
            {
                return ConsentStep<ConsentOutcome>.Nothing(ConsentOutcome.Conflict);
            }

            quiet = candidate.EventId.Length > 0 ? ConsentOutcome.Replayed : quiet;
            tell = IsRefusal(stored) ? tell.Add(stored) : tell;
        }

        return new ConsentStep<ConsentOutcome>(append.IsEmpty ? quiet : ConsentOutcome.Recorded, append, tell);
    }

    public static bool IsRefusal(ConsentEvent entry) => entry.State is ConsentState.Denied or ConsentState.Withdrawn or ConsentState.Suppressed;

    /// <summary>The event that makes a candidate superfluous: the one of its id; for a candidate without an id, the one by which the same holds already.</summary>
    private static ConsentEvent? Stored(ConsentMoment moment, ConsentEvent candidate)
    {
        if (candidate.EventId.Length > 0)
        {
            return moment.Find(candidate.EventId);
        }

        if (!Holds(moment.NodeAt(candidate.Purpose, candidate.Channel, candidate.Topic), candidate))
        {
            return null;
        }

        // A refusal said once more is the newer word: a grant from between the two, which is imported late, must not lift it.
        ConsentEvent? last = moment.LastOf(candidate);
        return last is not null && IsRefusal(candidate) && last.At < candidate.At ? null : last;
    }

    // A grant is stored again each time: the customer may have seen another text.
    private static bool Holds(ConsentNode? node, ConsentEvent candidate) => node is { } known && candidate.State switch
    {
        ConsentState.Denied or ConsentState.Withdrawn => known.Said == candidate.State,
        ConsentState.Suppressed => known.IsSuppressed,
        ConsentState.SoftOptIn => candidate.Sale is { } sale && known.Sales.Contains(sale),
        _ => false,
    };

    private static bool SaysTheSame(ConsentEvent stored, ConsentEvent candidate) =>
        stored.State == candidate.State && stored.Purpose == candidate.Purpose && stored.Channel == candidate.Channel && stored.Topic == candidate.Topic;
}
