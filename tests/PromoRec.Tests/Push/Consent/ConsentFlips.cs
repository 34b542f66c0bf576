using System.Collections.Immutable;
using PromoRec.Consent;
using PromoRec.Push;

namespace PromoRec.Tests.Push.Consent;

/// <summary>Makes true what the flip of a verdict about consent says, and changes nothing else.</summary>
internal static class ConsentFlips
{
    public static PushContext Apply(PushFlip flip, PushContext context)
    {
        PushSnapshot snapshot = context.Snapshot;
        return flip.Kind switch
        {
            PushFlipKind.Wait => PushScenario.Context(context.Request, snapshot, flip.At),
            PushFlipKind.Fact when flip.Input == PushInputs.Permission =>
                PushScenario.Context(context.Request, snapshot with { Customer = snapshot.Customer with { NotificationsPermitted = bool.Parse(flip.Text!) } }, context.PlannedAt),
            PushFlipKind.Fact when flip.Input == PushInputs.Consent =>
                PushScenario.Context(context.Request, snapshot with { Consent = After(flip.Text!, context.Request, snapshot.Consent) }, context.PlannedAt),
            _ => throw new ArgumentException($"No test knows how to make '{flip}' true.", nameof(flip)),
        };
    }

    /// <summary>The view in which the state that decides about a request is another one.</summary>
    private static ConsentView After(string state, PushRequest request, ConsentView before)
    {
        List<ConsentEvent> events = [.. EventsOf(before)];
        (ChannelId Channel, string Topic)[] above = [.. PlacesAbove(request)];
        switch (state)
        {
            case "Suppressed":
                events.Add(Entry(ConsentState.Suppressed, request.Channel, ""));
                break;
            case "Withdrawn":
                events.Add(Entry(ConsentState.Withdrawn, request.Channel, request.Topic));
                break;
            case "Unknown":
                events.AddRange(above.Where(place => IsSuppressed(before, place)).Select(place => Entry(ConsentState.Unknown, place.Channel, place.Topic)));
                break;
            default:
                Assert.Contains(state, (string[])["Granted", "WrittenGrant", "DoubleOptIn"]);
                events.AddRange(above.Where(place => IsSuppressed(before, place)).Select(place => Entry(ConsentState.Unknown, place.Channel, place.Topic)));
                foreach ((ChannelId channel, string topic) in above.Where(place => IsRefused(before, place)).Append((request.Channel, request.Topic)))
                {
                    events.Add(Entry(ConsentState.Pending, channel, topic) with { TokenHash = state == "DoubleOptIn" ? "token" : null });
                    events.Add(Entry(ConsentState.Granted, channel, topic) with { TokenHash = state == "DoubleOptIn" ? "token" : null, TextVersion = state == "WrittenGrant" ? "v1" : null });
                }

                break;
        }

        return new ConsentView(new ConsentRecord(before.Version + 1, [.. events], before.IsErased));
    }

    private static IEnumerable<(ChannelId Channel, string Topic)> PlacesAbove(PushRequest request)
    {
        for (int length = 0; length >= 0; length = TopicPath.NextLength(request.Topic, length))
        {
            yield return (default, request.Topic[..length]);
            yield return (request.Channel, request.Topic[..length]);
        }
    }

    private static bool IsSuppressed(ConsentView view, (ChannelId Channel, string Topic) place) => NodeAt(view, place) is { IsSuppressed: true };

    private static bool IsRefused(ConsentView view, (ChannelId Channel, string Topic) place) => NodeAt(view, place) is { Said: ConsentState.Denied or ConsentState.Withdrawn };

    private static ConsentNode? NodeAt(ConsentView view, (ChannelId Channel, string Topic) place) =>
        view.Nodes.ToImmutableArray().Where(node => node.Purpose == ConsentPurpose.Marketing && node.Channel == place.Channel && node.Topic == place.Topic).Select(node => (ConsentNode?)node).FirstOrDefault();

    /// <summary>Events that make the same view.</summary>
    private static IEnumerable<ConsentEvent> EventsOf(ConsentView view)
    {
        foreach (ConsentNode node in view.Nodes.ToImmutableArray())
        {
            ConsentEvent entry = Entry(node.Said, node.Channel, node.Topic) with { Purpose = node.Purpose, At = PushScenario.Noon, TextVersion = node.NamesText ? "v1" : null };
            if (node.IsSuppressed)
            {
                yield return entry with { State = ConsentState.Suppressed };
            }

            if (node.IsPending || node.IsConfirmed)
            {
                yield return entry with { State = ConsentState.Pending, TokenHash = "before" };
            }

            foreach (SaleEvidence sale in node.Sales)
            {
                yield return entry with { State = ConsentState.SoftOptIn, Sale = sale };
            }

            if (node.Said is ConsentState.Granted or ConsentState.Denied or ConsentState.Withdrawn)
            {
                yield return entry with { TokenHash = node.IsConfirmed ? "before" : null };
            }
        }
    }

    private static ConsentEvent Entry(ConsentState state, ChannelId channel, string topic) => new()
    {
        EventId = Guid.NewGuid().ToString("N"),
        At = PushScenario.Noon.AddYears(1),
        State = state,
        Channel = channel,
        Topic = topic,
    };
}
