using PromoRec.Interactions;

namespace PromoRec.Testing.Simulation;

/// <summary>One event as numbers, without a text or an allocation: the fast form of an <see cref="Interaction"/>.</summary>
public readonly struct SimulatedEvent
{
    private static readonly InteractionKind[] Kinds =
    [
        InteractionKind.View, InteractionKind.Cart, InteractionKind.Purchase, InteractionKind.Impression, InteractionKind.Click,
        InteractionKind.Redeem, InteractionKind.Dismiss, InteractionKind.Unsubscribe,
    ];

    private readonly long _utcTicks;

    internal SimulatedEvent(EventCode code, int customer, int item, int offer, int push, int sequence, float value, long utcTicks)
    {
        Code = code;
        Customer = customer;
        Item = item;
        Offer = offer;
        Push = push;
        Sequence = sequence;
        Value = value;
        _utcTicks = utcTicks;
    }

    /// <summary>The customer's number.</summary>
    public int Customer { get; }

    /// <summary>The item's number, or -1 when only an offer was involved.</summary>
    public int Item { get; }

    /// <summary>The offer's number, or -1 when only an item was involved.</summary>
    public int Offer { get; }

    /// <summary>The <see cref="SimulatedPush.Number"/> that the event follows from, or -1 when it follows from none.</summary>
    public int Push { get; }

    /// <summary>Number of the event among the customer's; with the customer's number it names the event.</summary>
    public int Sequence { get; }

    /// <summary>Pieces for carts and purchases, 1 for everything else.</summary>
    public float Value { get; }

    /// <summary>What the customer did.</summary>
    public InteractionKind Kind => Kinds[(int)Code];

    /// <summary>When, in UTC.</summary>
    public DateTimeOffset At => new(_utcTicks, TimeSpan.Zero);

    internal EventCode Code { get; }
}
