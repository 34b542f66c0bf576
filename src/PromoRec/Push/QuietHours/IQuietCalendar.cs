namespace PromoRec.Push.QuietHours;

/// <summary>A host's holidays: dates whose quiet hours are not those of their weekday.</summary>
/// <remarks>
/// It is asked while a push is decided, about a few dates around the planned instant, from any number of threads. It must be quick, not
/// allocate, and always give the same answer to the same question. One that throws refuses the push.
/// </remarks>
public interface IQuietCalendar
{
    /// <summary>What quiet hours start on a date of the customer's local calendar.</summary>
    /// <param name="localDate">The local date.</param>
    /// <param name="customer">The customer; the country says which holidays count.</param>
    /// <returns><see cref="QuietDay.AsUsual"/> for a date that is no holiday.</returns>
    QuietDay GetDay(DateOnly localDate, PushCustomer customer);
}
