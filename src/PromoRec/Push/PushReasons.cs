using System.Collections.Frozen;

namespace PromoRec.Push;

/// <summary>What reasons and constraints are called: codes for machines, which are stable, and English labels for people.</summary>
public static class PushReasons
{
    private static readonly FrozenDictionary<PushReason, (string Code, string Label)> Reasons = new Dictionary<PushReason, (string, string)>
    {
        [PushReason.None] = ("none", "Nothing stands against it."),
        [PushReason.Erased] = ("erased", "The customer was erased."),
        [PushReason.Suppressed] = ("suppressed", "The address must not be used."),
        [PushReason.NoConsent] = ("no_consent", "There is no consent."),
        [PushReason.ConsentPending] = ("consent_pending", "The consent is not confirmed yet."),
        [PushReason.ConsentDenied] = ("consent_denied", "The customer refused consent."),
        [PushReason.ConsentWithdrawn] = ("consent_withdrawn", "The customer withdrew consent."),
        [PushReason.NoPermission] = ("no_permission", "The device does not permit notifications."),
        [PushReason.ConsentChanged] = ("consent_changed", "The consent changed while it was decided."),
        [PushReason.OptedOut] = ("opted_out", "The customer has unsubscribed."),
        [PushReason.Snoozed] = ("snoozed", "The customer has asked for a pause."),
        [PushReason.OfferNotEligible] = ("offer_not_eligible", "The offer does not hold for this customer now."),
        [PushReason.ScoreTooLow] = ("score_too_low", "The predicted interest is too small."),
        [PushReason.NoHeadroom] = ("no_headroom", "What was sent may use up the budget."),
        [PushReason.RecentlyRedeemed] = ("recently_redeemed", "The customer redeemed it a short while ago."),
        [PushReason.RecentlyDismissed] = ("recently_dismissed", "The customer dismissed it a short while ago."),
        [PushReason.Duplicate] = ("duplicate", "The same was sent a short while ago."),
        [PushReason.IdempotencyConflict] = ("idempotency_conflict", "The key was used for something else."),
        [PushReason.PlaceGone] = ("place_gone", "The place that it waited with is gone."),
        [PushReason.QuietHours] = ("quiet_hours", "It is a quiet hour of the customer."),
        [PushReason.ExpiredInQuietHours] = ("expired_in_quiet_hours", "After the quiet hours it would be too late."),
        [PushReason.UnknownZone] = ("unknown_zone", "The customer's time zone is not known."),
        [PushReason.Planned] = ("planned", "It is planned for later."),
        [PushReason.TooLate] = ("too_late", "By the time it may be sent it would be too late."),
        [PushReason.NoInstant] = ("no_instant", "No time was found that every rule allows."),
        [PushReason.AnotherWaits] = ("another_waits", "Another push waits for the end of the same quiet hours."),
        [PushReason.FrequencyCap] = ("frequency_cap", "The customer has got enough pushes."),
        [PushReason.MinimumGap] = ("minimum_gap", "The last push was too short a while ago."),
        [PushReason.UnknownChannel] = ("unknown_channel", "The channel is not known."),
        [PushReason.Unreachable] = ("unreachable", "The customer cannot be reached there."),
        [PushReason.HostPolicy] = ("host_policy", "A policy of the shop refused."),
        [PushReason.PolicyFailed] = ("policy_failed", "A policy failed."),
        [PushReason.StoreUnavailable] = ("store_unavailable", "A store cannot answer."),
    }.ToFrozenDictionary();

    private static readonly (OfferConstraints Constraint, string Code, string Label)[] Constraints =
    [
        (OfferConstraints.NotStarted, "not_started", "It is not valid yet."),
        (OfferConstraints.Expired, "expired", "It is no longer valid."),
        (OfferConstraints.OutsideHours, "outside_hours", "It does not hold at this hour."),
        (OfferConstraints.BudgetExhausted, "budget_exhausted", "Its budget is used up."),
        (OfferConstraints.UserLimit, "user_limit", "The customer has used it as often as is allowed."),
        (OfferConstraints.IdentifierLimit, "identifier_limit", "It was used as often as is allowed with this device, address or card."),
        (OfferConstraints.IdentifierRequired, "identifier_required", "It is limited for each customer, and this one has no identifier."),
        (OfferConstraints.RecipientMismatch, "recipient_mismatch", "It is somebody else's."),
        (OfferConstraints.BelowMinimum, "below_minimum", "The basket is too small."),
        (OfferConstraints.ItemsMismatch, "items_mismatch", "The basket has none of its items."),
        (OfferConstraints.SegmentMismatch, "segment_mismatch", "The customer is in none of its segments."),
        (OfferConstraints.OutOfArea, "out_of_area", "The customer is outside of its area."),
        (OfferConstraints.LocationMissing, "location_missing", "Nobody knows whether the customer is in its area."),
        (OfferConstraints.Excluded, "excluded", "It cannot be combined with what the basket has."),
        (OfferConstraints.ReservationRequired, "reservation_required", "It must be reserved first."),
        (OfferConstraints.NoEffect, "no_effect", "It would change nothing."),
        (OfferConstraints.Disabled, "disabled", "It is switched off."),
        (OfferConstraints.CurrencyMismatch, "currency_mismatch", "The basket is in another currency."),
        (OfferConstraints.PriceClaim, "price_claim", "The price-claim rule forbids to announce it."),
    ];

    /// <summary>The label of a reason: a sentence in English.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such reason.</exception>
    public static string LabelOf(PushReason reason) => Find(reason).Label;

    /// <summary>The code of a reason, as it stands in traces and metrics, such as "quiet_hours".</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such reason.</exception>
    public static string CodeOf(PushReason reason) => Find(reason).Code;

    /// <summary>The code of an outcome: "drop", "defer" or "send".</summary>
    public static string CodeOf(PushOutcome outcome) => outcome switch
    {
        PushOutcome.SendNow => "send",
        PushOutcome.Defer => "defer",
        _ => "drop",
    };

    /// <summary>The labels of all constraints in a set, in their order.</summary>
    public static IReadOnlyList<string> LabelsOf(OfferConstraints constraints) =>
        [.. Constraints.Where(row => constraints.HasFlag(row.Constraint)).Select(row => row.Label)];

    /// <summary>The codes of all constraints in a set, in their order, such as "below_minimum".</summary>
    public static IReadOnlyList<string> CodesOf(OfferConstraints constraints) =>
        [.. Constraints.Where(row => constraints.HasFlag(row.Constraint)).Select(row => row.Code)];

    private static (string Code, string Label) Find(PushReason reason) => Reasons.TryGetValue(reason, out (string, string) row)
        ? row
        : throw new ArgumentOutOfRangeException(nameof(reason), (int)reason, "There is no such reason.");
}
