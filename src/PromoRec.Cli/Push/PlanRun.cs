using System.Text.Json;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Push;

namespace PromoRec.Cli.Push;

/// <summary>Decides about every offer for every customer over every channel, and holds each place, so that caps hold across all of it.</summary>
/// <param name="host">The engine; its clock stands at the time of the plan.</param>
/// <param name="offers">The offers.</param>
/// <param name="channels">The channels in order of preference; null for those of the offer, or else of the customer.</param>
/// <param name="scores">How much customers are expected to like offers; a pair that is not there has the score 0.</param>
/// <param name="explain">Whether to note what every rule saw and said.</param>
internal sealed class PlanRun(
    PushHost host,
    IReadOnlyList<PushOffer> offers,
    IReadOnlyList<ChannelId>? channels,
    IReadOnlyDictionary<(UserId User, OfferId Offer), float> scores,
    bool explain)
{
    /// <summary>The decisions about one customer, in the order in which they are made.</summary>
    public IEnumerable<PlanEntry> Decide(PushCustomer customer)
    {
        IEnumerable<PushRequest> requests = offers.SelectMany(offer => ChannelsOf(offer, customer).Select(channel => RequestOf(offer, channel, customer.UserId)));
        PushRequest[] ordered = [.. requests.OrderByDescending(request => request.Priority).ThenByDescending(request => request.Score).ThenBy(request => request.Offer.Id)];
        return ordered.Zip(host.Send(ordered, explain), EntryOf);
    }

    private static PlanEntry EntryOf(PushRequest request, PushDecision decision) => new()
    {
        User = request.UserId.ToString(),
        Offer = request.Offer.Id.ToString(),
        Channel = request.Channel.ToString(),
        Outcome = PushReasons.CodeOf(decision.Outcome),
        Until = decision.Until,
        Reason = decision.Reason == PushReason.None ? null : PushReasons.CodeOf(decision.Reason),
        Rule = decision.Policy,
        Decision = decision.Trace is null ? null : JsonDocument.Parse(decision.ToUtf8Json()).RootElement,
    };

    private IEnumerable<ChannelId> ChannelsOf(PushOffer offer, PushCustomer customer)
    {
        IEnumerable<ChannelId> wanted = channels ?? (offer.Channels.Count > 0 ? offer.Channels : customer.Reachable);
        return channels is not null && offer.Channels.Count > 0 ? wanted.Where(offer.Channels.Contains) : wanted;
    }

    private PushRequest RequestOf(PushOffer offer, ChannelId channel, UserId user) => new()
    {
        UserId = user,
        Offer = offer.Offer,
        Channel = channel,
        Campaign = offer.Campaign,
        Category = offer.Category,
        Topic = offer.Topic,
        Priority = offer.Priority,
        Score = scores.GetValueOrDefault((user, offer.Offer.Id)),
    };
}
