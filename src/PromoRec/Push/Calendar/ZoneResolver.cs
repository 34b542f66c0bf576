using PromoRec.Consent.Packs;

namespace PromoRec.Push.Calendar;

/// <summary>Finds the local time of a customer as <see cref="ZoneOptions"/> say.</summary>
internal sealed class ZoneResolver
{
    private readonly JurisdictionPacks _packs;
    private readonly UnknownZonePolicy _unknown;
    private readonly double _minimumConfidence;
    private readonly CustomerZone _fallback = CustomerZone.Unknown;

    /// <summary>Reads the options once; later changes of them change nothing.</summary>
    /// <exception cref="ArgumentException">The options have a fault.</exception>
    public ZoneResolver(ZoneOptions options, JurisdictionPacks packs)
    {
        ZoneOptionsValidator.ThrowIfInvalid(options, nameof(options));
        _packs = packs;
        _unknown = options.Unknown;
        _minimumConfidence = options.MinimumConfidence;
        if (LocalCalendar.TryGet(options.FallbackZone, out LocalCalendar? fallback))
        {
            _fallback = new CustomerZone(ZoneSource.Fallback, fallback.Alone);
        }
    }

    /// <summary>The customer's zone; <see cref="ZoneSource.Unknown"/> and no calendar where nothing may be assumed.</summary>
    public CustomerZone Resolve(PushCustomer customer)
    {
        if (LocalCalendar.TryGet(customer.DeviceZone, out LocalCalendar? calendar))
        {
            return new CustomerZone(ZoneSource.Device, calendar.Alone);
        }

        if (LocalCalendar.TryGet(customer.ProfileZone, out calendar))
        {
            return new CustomerZone(ZoneSource.Profile, calendar.Alone);
        }

        // A confidence that is not a number is none.
        if (customer.InferredZoneConfidence >= _minimumConfidence && LocalCalendar.TryGet(customer.InferredZone, out calendar))
        {
            return new CustomerZone(ZoneSource.Inferred, calendar.Alone);
        }

        return _unknown switch
        {
            UnknownZonePolicy.Jurisdiction => OfJurisdiction(customer.Country),
            UnknownZonePolicy.FallbackZone => _fallback,
            UnknownZonePolicy.IntersectAll => CountryZones.ZoneOf(customer.Country),
            _ => CustomerZone.Unknown,
        };
    }

    private CustomerZone OfJurisdiction(string? country) => _packs.For(country).UnknownZone switch
    {
        UnknownZoneRule.CountryZones => CountryZones.ZoneOf(country),
        UnknownZoneRule.FallbackZone => _fallback,
        _ => CustomerZone.Unknown,
    };
}
