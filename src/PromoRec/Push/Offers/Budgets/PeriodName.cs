using System.Globalization;

namespace PromoRec.Push.Offers.Budgets;

/// <summary>The names of the periods of budgets. Those of one kind sort ordinally in the order of time.</summary>
internal static class PeriodName
{
    /// <summary>Longest name.</summary>
    public const int MaxLength = 11;

    /// <returns>How many characters were written.</returns>
    public static int Write(Span<char> destination, BudgetPeriod period, DateOnly date, DayOfWeek weekStart)
    {
        int written = 0;
        if (period == BudgetPeriod.Week)
        {
            destination[0] = 'w';
            date = date.AddDays(-Math.Min(date.DayNumber, ((int)date.DayOfWeek - (int)weekStart + 7) % 7));
            date.TryFormat(destination[1..], out written, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            return written + 1;
        }

        if (period != BudgetPeriod.Total)
        {
            date.TryFormat(destination, out written, period == BudgetPeriod.Day ? "yyyy-MM-dd" : "yyyy-MM", CultureInfo.InvariantCulture);
        }

        return written;
    }

    public static string Of(BudgetPeriod period, DateOnly date, DayOfWeek weekStart)
    {
        Span<char> name = stackalloc char[MaxLength];
        return new string(name[..Write(name, period, date, weekStart)]);
    }
}
