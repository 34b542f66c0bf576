namespace PromoRec.Interactions;

/// <summary>An <see cref="Interaction"/> whose ids are UTF-8 text where it was read: a field of a file, a part of a message.</summary>
/// <remarks>It names what an <see cref="Interaction"/> with the same texts names, and making one allocates nothing. It is valid as long as the memory of its texts.</remarks>
public readonly ref struct Utf8Interaction
{
    /// <summary>Describes what a customer did.</summary>
    /// <param name="user">The customer's id.</param>
    /// <param name="kind">What they did.</param>
    /// <param name="at">When; the default value where it is not known.</param>
    public Utf8Interaction(ReadOnlySpan<byte> user, InteractionKind kind, DateTimeOffset at)
    {
        User = user;
        Kind = kind;
        At = at;
    }

    /// <summary>Who.</summary>
    public ReadOnlySpan<byte> User { get; }

    /// <summary>With which item; empty when only an offer was involved.</summary>
    public ReadOnlySpan<byte> Item { get; init; }

    /// <summary>With which offer; empty when only an item was involved.</summary>
    public ReadOnlySpan<byte> Offer { get; init; }

    /// <summary>What they did.</summary>
    public InteractionKind Kind { get; }

    /// <summary>How much: a quantity, a rating, a number of plays. 1 unless set; finite.</summary>
    public double Value { get; init; } = 1;

    /// <summary>When. The default value means that the time is not known.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The host's id of this event; empty if it has none.</summary>
    public ReadOnlySpan<byte> EventId { get; init; }
}
