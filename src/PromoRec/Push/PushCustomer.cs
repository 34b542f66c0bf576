using System.Collections.Immutable;

namespace PromoRec.Push;

/// <summary>What a host knows of a customer that push policies look at. Immutable. Whatever is not known stays unset, and is decided on the safe side.</summary>
public sealed record PushCustomer
{
    /// <summary>Who it is.</summary>
    public required UserId UserId { get; init; }

    /// <summary>Whether it is a guest, of whom nothing but identifiers is known.</summary>
    public bool IsGuest { get; init; }

    /// <summary>The time zone of the customer's device, an IANA name.</summary>
    public string? DeviceZone { get; init; }

    /// <summary>The time zone in the customer's profile, an IANA name.</summary>
    public string? ProfileZone { get; init; }

    /// <summary>A time zone that was guessed, an IANA name.</summary>
    public string? InferredZone { get; init; }

    /// <summary>How sure that guess is, 0 to 1.</summary>
    public double InferredZoneConfidence { get; init; }

    /// <summary>The country, two letters of ISO 3166-1.</summary>
    public string? Country { get; init; }

    /// <summary>The state or province, as in ISO 3166-2 after the hyphen, such as "FL".</summary>
    public string? Region { get; init; }

    /// <summary>The channels over which the customer can be reached.</summary>
    public ImmutableArray<ChannelId> Reachable { get; init; } = [];

    /// <summary>Whether the operating system of the device permits notifications; null when not known.</summary>
    public bool? NotificationsPermitted { get; init; }

    /// <summary>First instant at which the customer wants to hear from the shop again; null when no pause was asked for.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>The segments the customer is in.</summary>
    public ImmutableArray<string> Segments { get; init; } = [];

    /// <summary>Where the customer is.</summary>
    public GeoPoint? Location { get; init; }

    /// <summary>Pseudonyms of device, address or card, which bind limits for guests: name and value.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Identifiers { get; init; } = [];

    /// <summary>What the customer did with offers, in any order.</summary>
    public ImmutableArray<CustomerFact> Facts { get; init; } = [];
}
