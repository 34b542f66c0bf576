using System.Collections.Immutable;
using PromoRec.Consent;

namespace PromoRec.Push;

/// <summary>One offer that a host would like to push to one customer over one channel. Immutable.</summary>
public sealed record PushRequest
{
    /// <summary>Who would get it.</summary>
    public required UserId UserId { get; init; }

    /// <summary>What it is about.</summary>
    public required Offer Offer { get; init; }

    /// <summary>How it would be sent.</summary>
    public required ChannelId Channel { get; init; }

    /// <summary>The campaign it belongs to; empty for none.</summary>
    public string Campaign { get; init; } = string.Empty;

    /// <summary>The category that caps count it under; empty for none. Frozen when it is sent.</summary>
    public string Category { get; init; } = string.Empty;

    /// <summary>The topic that customers may leave, a path such as "offers/shoes" of at most 200 characters; empty for none. Upper case is folded, and blank segments are left out.</summary>
    public string Topic { get; init => field = TopicPath.Canonical(value); } = string.Empty;

    /// <summary>What it is, in law.</summary>
    public MessageClass Class { get; init; }

    /// <summary>Predicted interest, as the ranker gave it.</summary>
    public float Score { get; init; }

    /// <summary>Higher goes first when several compete for one place.</summary>
    public int Priority { get; init; }

    /// <summary>The host's own names for it, which caps can count by: name and value, at most 32, no two with the same name.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Keys { get; init; } = [];

    /// <summary>Hash of what the customer would read, so that the same text is not sent twice; null when not known.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Tells occurrences of a campaign apart that repeats, such as "2026-W47"; empty for one that does not.</summary>
    public string Occurrence { get; init; } = string.Empty;

    /// <summary>Names this request, so that repeating it takes nothing more; null for a name made of customer, campaign, offer, channel and occurrence.</summary>
    public string? Key { get; init; }

    /// <summary>When the host wants it sent; null for as soon as possible.</summary>
    public DateTimeOffset? PlannedAt { get; init; }

    /// <summary>First instant at which it would be worthless; null for the end of the offer's validity.</summary>
    public DateTimeOffset? DeliverBefore { get; init; }

    /// <summary>Whether caps hold it back; null for what its class and channel say.</summary>
    public bool? ObeyCaps { get; init; }

    /// <summary>Whether caps count it; null for what its class and channel say.</summary>
    public bool? CountTowardCaps { get; init; }

    /// <summary>
    /// Whether it is a further step, over another channel, of a dispatch that has been counted already: caps of its channel hold and count it, others do not, and
    /// it is not a duplicate of the first step.
    /// </summary>
    public bool IsFollowUp { get; init; }

    /// <summary>First instant to which it may no longer be deferred: the sooner of <see cref="DeliverBefore"/> and the end of the offer.</summary>
    public DateTimeOffset? Deadline => DeliverBefore is { } before && Offer.ValidTo is { } end ? (before < end ? before : end) : DeliverBefore ?? Offer.ValidTo;

    /// <summary>Whether it is advertising that goes out to the customer, rather than waiting in the app or on the site for the customer to come.</summary>
    internal bool IsOutboundPromotion => Class == MessageClass.Promotional && Channel != ChannelId.InApp;

    /// <summary>Whether caps hold it back.</summary>
    internal bool IsHeldByCaps => ObeyCaps ?? IsOutboundPromotion;

    /// <summary>Whether caps count it: what bypasses them is not counted unless the host says so.</summary>
    internal bool IsCounted => CountTowardCaps ?? IsHeldByCaps;
}
