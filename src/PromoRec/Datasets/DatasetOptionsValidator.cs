using Microsoft.Extensions.Options;

namespace PromoRec.Datasets;

/// <summary>Finds every fault of <see cref="DatasetOptions"/> at once.</summary>
internal sealed class DatasetOptionsValidator : IValidateOptions<DatasetOptions>
{
    public ValidateOptionsResult Validate(string? name, DatasetOptions options)
    {
        List<string> faults = [.. Faults(options)];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    public static void ThrowIfInvalid(DatasetOptions options, string parameterName)
    {
        string faults = string.Join(' ', Faults(options));
        if (faults.Length > 0)
        {
            throw new ArgumentException(faults, parameterName);
        }
    }

    private static IEnumerable<string> Faults(DatasetOptions options)
    {
        foreach (string fault in options.Weights?.Faults() ?? [$"{nameof(options.Weights)} must not be null; a new InteractionWeights has the defaults."])
        {
            yield return fault;
        }

        if (!Enum.IsDefined(options.Aggregation))
        {
            yield return $"{nameof(options.Aggregation)} must be Sum, Max or Latest, but is {options.Aggregation}.";
        }

        if (options.MaxValue is { } maxValue && !(maxValue > 0 && double.IsFinite(maxValue)))
        {
            yield return $"{nameof(options.MaxValue)} must be a finite number above 0, but is {maxValue:R}; null means no limit.";
        }

        if (options.MaxEventsPerUser < 1)
        {
            yield return $"{nameof(options.MaxEventsPerUser)} must be 1 or more, but is {options.MaxEventsPerUser}.";
        }

        if (options.Threads < 0)
        {
            yield return $"{nameof(options.Threads)} must be 0 or more, but is {options.Threads}; 0 means one a processor.";
        }

        if (options.AsOf is { } asOf && asOf == default)
        {
            yield return $"{nameof(options.AsOf)} must be a time, but is the default value; null means the time of the latest event.";
        }
    }
}
