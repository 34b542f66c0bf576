namespace PromoRec.Push;

/// <summary>The stretch of time in which a cap counts.</summary>
public enum CapWindowKind
{
    /// <summary>Any stretch of a given length: a send counts until exactly that long after it.</summary>
    Rolling = 0,

    /// <summary>The customer's calendar day, of 23 to 25 hours where clocks change.</summary>
    CalendarDay = 1,

    /// <summary>The customer's calendar week.</summary>
    CalendarWeek = 2,

    /// <summary>The customer's calendar month.</summary>
    CalendarMonth = 3,

    /// <summary>For ever.</summary>
    Lifetime = 4,
}
