namespace PromoRec.Push.Ledger;

/// <summary>The stretch of time in which a cap counts.</summary>
/// <remarks>
/// A rolling window of length d counts a send at s for a send at t when t − d &lt; s ≤ t, and looks ahead in the same way at places already
/// held: no interval of length d may hold more than the limit. A fixed window counts what lies in [from, to).
/// </remarks>
public readonly record struct LedgerWindow
{
    private LedgerWindow(LedgerWindowKind kind, TimeSpan length, DateTimeOffset from, DateTimeOffset to)
    {
        Kind = kind;
        Length = length;
        From = from;
        To = to;
    }

    /// <summary>Everything that ever happened.</summary>
    public static LedgerWindow Lifetime { get; } = new(LedgerWindowKind.Lifetime, default, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    /// <summary>Which kind this is.</summary>
    public LedgerWindowKind Kind { get; }

    /// <summary>Length of a rolling window; zero for the others.</summary>
    public TimeSpan Length { get; }

    /// <summary>First instant of a fixed window.</summary>
    public DateTimeOffset From { get; }

    /// <summary>First instant after a fixed window.</summary>
    public DateTimeOffset To { get; }

    /// <summary>A window that moves with the send.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is not above zero.</exception>
    public static LedgerWindow Rolling(TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        return new LedgerWindow(LedgerWindowKind.Rolling, length, default, default);
    }

    /// <summary>A window between two instants, such as a customer's calendar day. A send outside of it is refused with <see cref="ReservationStatus.WindowMoved"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="to"/> is not after <paramref name="from"/>.</exception>
    public static LedgerWindow Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from)
        {
            throw new ArgumentException("A window must end after it begins.", nameof(to));
        }

        return new LedgerWindow(LedgerWindowKind.Fixed, default, from, to);
    }
}
