namespace PromoRec.Interactions;

/// <summary>One thing a customer did with an item, an offer, or both.</summary>
/// <remarks>A redemption names the offer, and the item too where the host knows it. At least one of <see cref="Item"/> and <see cref="Offer"/> is set.</remarks>
public readonly record struct Interaction
{
    /// <summary>Describes what a customer did with an item.</summary>
    public Interaction(UserId user, ItemId item, InteractionKind kind, DateTimeOffset at)
    {
        User = user;
        Item = item;
        Kind = kind;
        At = at;
    }

    /// <summary>Describes what a customer did with an offer.</summary>
    public Interaction(UserId user, OfferId offer, InteractionKind kind, DateTimeOffset at)
    {
        User = user;
        Offer = offer;
        Kind = kind;
        At = at;
    }

    /// <summary>Who.</summary>
    public UserId User { get; init; }

    /// <summary>With which item; empty when only an offer was involved.</summary>
    public ItemId Item { get; init; }

    /// <summary>With which offer; empty when only an item was involved.</summary>
    public OfferId Offer { get; init; }

    /// <summary>What they did.</summary>
    public InteractionKind Kind { get; init; }

    /// <summary>How much: a quantity, a rating, a number of plays. 1 unless set; finite.</summary>
    public double Value { get; init; } = 1;

    /// <summary>When. The default value means that the time is not known: such an event never decays and never lies in the future.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The host's id of this event, if it has one. Two events with the same id are one event, however often it is delivered.</summary>
    public string? EventId { get; init; }

    /// <summary>What was paid, in which order and over which channel, as far as the host knows; null when it says nothing of that.</summary>
    public InteractionDetails? Details { get; init; }
}
