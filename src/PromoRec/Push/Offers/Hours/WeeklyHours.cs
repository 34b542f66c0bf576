namespace PromoRec.Push.Offers.Hours;

/// <summary>A stretch of wall time that comes back every week: from <paramref name="From"/> up to, but not including, <paramref name="To"/>.</summary>
/// <param name="Day">The day it starts on.</param>
/// <param name="From">Where it starts.</param>
/// <param name="To">Where it ends, on the next day if that is before <paramref name="From"/>. Equal ends are a fault: for a whole day write two halves.</param>
public readonly record struct WeeklyHours(DayOfWeek Day, TimeOnly From, TimeOnly To);
