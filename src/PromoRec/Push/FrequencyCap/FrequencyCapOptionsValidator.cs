using System.Globalization;
using Microsoft.Extensions.Options;

namespace PromoRec.Push.FrequencyCap;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class FrequencyCapOptionsValidator(PushEnvironment environment) : IValidateOptions<FrequencyCapOptions>
{
    private const int MaxLimit = 1000;

    /// <summary>Longest that a calendar month can be: a zone that crosses the date line repeats a day.</summary>
    private static readonly TimeSpan LongestMonth = TimeSpan.FromDays(32);

    public ValidateOptionsResult Validate(string? name, FrequencyCapOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        PushEnvironment.CheckName(options.Name, result);
        PushEnvironment.CheckScope(options.Scope, options.KeyName, result);
        if (options.Limit is < 1 or > MaxLimit)
        {
            string remedy = options.Limit == 0 ? "; to send nothing, do not send" : string.Empty;
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"must be from 1 to {MaxLimit}, but is {options.Limit}{remedy}"), nameof(options.Limit));
        }

        ValidateWindow(options, result);
        if (!Enum.IsDefined(options.Action))
        {
            result.AddError($"must be Drop or Defer, but is {(int)options.Action}", nameof(options.Action));
        }

        environment.CheckFilter(options.AppliesTo, nameof(options.AppliesTo), result);
        environment.CheckFilter(options.CountOnly, nameof(options.CountOnly), result);
        return result.Build();
    }

    private void ValidateWindow(FrequencyCapOptions options, ValidateOptionsResultBuilder result)
    {
        switch (options.Window)
        {
            case CapWindowKind.Rolling:
                environment.CheckWindow(options.Length, nameof(options.Length), result);
                break;
            case CapWindowKind.CalendarMonth:
                environment.CheckWindow(LongestMonth, nameof(options.Window), result);
                break;
            case CapWindowKind.CalendarDay or CapWindowKind.CalendarWeek or CapWindowKind.Lifetime:
                break;
            default:
                result.AddError($"must be one of {string.Join(", ", Enum.GetNames<CapWindowKind>())}, but is {(int)options.Window}", nameof(options.Window));
                break;
        }

        if (!Enum.IsDefined(options.WeekStart))
        {
            result.AddError($"must be a day of the week, but is {(int)options.WeekStart}", nameof(options.WeekStart));
        }
    }
}
