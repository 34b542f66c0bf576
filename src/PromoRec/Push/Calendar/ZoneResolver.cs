namespace PromoRec.Push.Calendar;

/// <summary>Finds the local time of a customer as <see cref="ZoneOptions"/> say.</summary>
internal sealed class ZoneResolver
{
    private readonly UnknownZonePolicy _unknown;
    private readonly double _minimumConfidence;
    private readonly CustomerZone _fallback;

    /// <summary>Reads the options once; later changes of them change nothing.</summary>
    /// <exception cref="ArgumentException">The options have a fault.</exception>
    public ZoneResolver(ZoneOptions options)
    {
        ZoneOptionsValidator.ThrowIfInvalid(options, nameof(options));
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
            UnknownZonePolicy.FallbackZone => _fallback,
            UnknownZonePolicy.IntersectAll => OfCountry(customer.Country),
            _ => new CustomerZone(ZoneSource.Unknown, []),
        };
    }

    private static CustomerZone OfCountry(string? country) =>
        CountryZones.Of(country) is { IsEmpty: false } calendars ? new CustomerZone(ZoneSource.Country, calendars) : new CustomerZone(ZoneSource.Unknown, []);
}
