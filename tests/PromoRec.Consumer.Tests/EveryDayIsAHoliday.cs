using PromoRec.Push;
using PromoRec.Push.QuietHours;

namespace PromoRec.Consumer.Tests;

/// <summary>A host whose customers are never disturbed.</summary>
internal sealed class EveryDayIsAHoliday : IQuietCalendar
{
    public QuietDay GetDay(DateOnly localDate, PushCustomer customer) => QuietDay.WholeDay;
}
