namespace PromoRec.Push;

/// <summary>Names of what the library's own policies look at, as they stand in traces and flips.</summary>
public static class PushInputs
{
    /// <summary>Most sends that a cap allows.</summary>
    public const string Limit = "limit";

    /// <summary>Sends that a cap counts.</summary>
    public const string Sent = "sent";

    /// <summary>When the customer last did what a rule looks at.</summary>
    public const string Last = "last";

    /// <summary>A channel over which the customer can be reached.</summary>
    public const string Reachable = "reachable";

    /// <summary>Smallest score that is pushed.</summary>
    public const string Minimum = "minimum";

    /// <summary>Predicted interest of the request.</summary>
    public const string Score = "score";

    /// <summary>State of the consent that decides, for the request's channel and topic.</summary>
    public const string Consent = "consent";

    /// <summary>The jurisdiction whose rules apply, as id and version of its pack.</summary>
    public const string Jurisdiction = "jurisdiction";

    /// <summary>What the jurisdiction needs for the request's channel.</summary>
    public const string Need = "need";

    /// <summary>First instant at which the customer wants to hear from the shop again.</summary>
    public const string Snooze = "snoozedUntil";

    /// <summary>Whether the customer's device permits notifications.</summary>
    public const string Permission = "permission";

    /// <summary>The customer's time zone.</summary>
    public const string Zone = "zone";

    /// <summary>Units that a budget allows. Where an offer has several budgets, this and the next two are followed by which, such as "budget:uses/day".</summary>
    public const string Budget = "budget";

    /// <summary>Amount of the basket.</summary>
    public const string Basket = "basket";

    /// <summary>The request's channel.</summary>
    public const string Channel = "channel";

    /// <summary>The instant after which the message is worthless.</summary>
    public const string DeliverBefore = "deliverBefore";

    /// <summary>Whether the offer is switched on.</summary>
    public const string Offer = "offer";

    /// <summary>When the offer begins to hold.</summary>
    public const string ValidFrom = "validFrom";

    /// <summary>When the offer no longer holds.</summary>
    public const string ValidTo = "validTo";

    /// <summary>Whether it is one of the hours of the week in which the offer holds.</summary>
    public const string Hours = "hours";

    /// <summary>A segment that the customer must be in.</summary>
    public const string Segment = "segment";

    /// <summary>Whether the offer is for the customer.</summary>
    public const string Recipient = "recipient";

    /// <summary>Where the customer is: in or out of the offer's area, never the place itself.</summary>
    public const string Location = "location";

    /// <summary>Whether a device, address or card of the customer is known.</summary>
    public const string Identifier = "identifier";

    /// <summary>Whether the offer compares to the lowest price of thirty days.</summary>
    public const string PriceReference = "priceReference";

    /// <summary>What is taken of a budget.</summary>
    public const string Taken = "taken";

    /// <summary>Pushes of the offer whose redemption is still expected.</summary>
    public const string Pushes = "pushes";
}
