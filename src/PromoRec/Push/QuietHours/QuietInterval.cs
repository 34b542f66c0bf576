namespace PromoRec.Push.QuietHours;

/// <summary>A stretch of wall time in which a customer is left alone, from <paramref name="From"/> up to, but not including, <paramref name="To"/>.</summary>
/// <remarks>
/// Where it ends before it starts, it crosses midnight and belongs to the day it starts on. Equal ends are a fault: give 00:00 to 12:00 and
/// 12:00 to 00:00 for a whole day.
/// </remarks>
/// <param name="From">Where it starts.</param>
/// <param name="To">Where it ends.</param>
public readonly record struct QuietInterval(TimeOnly From, TimeOnly To);
