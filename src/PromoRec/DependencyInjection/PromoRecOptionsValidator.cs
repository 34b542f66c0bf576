using System.Globalization;
using Microsoft.Extensions.Options;
using PromoRec.Ranking;

namespace PromoRec.DependencyInjection;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class PromoRecOptionsValidator : IValidateOptions<PromoRecOptions>
{
    public ValidateOptionsResult Validate(string? name, PromoRecOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        ValidateModelPath(options.ModelPath, result);
        ValidateRanking(options.Ranking, result);
        foreach ((string property, string fault) in options.Ranking.Reranking.Faults())
        {
            result.AddError(fault, $"{nameof(options.Ranking)}.{nameof(options.Ranking.Reranking)}.{property}");
        }

        foreach (string fault in options.Weights.Faults())
        {
            result.AddError(fault, nameof(options.Weights));
        }

        return result.Build();
    }

    private static void ValidateModelPath(string? path, ValidateOptionsResultBuilder result)
    {
        if (path is null)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(path))
        {
            result.AddError("must name a file, but is blank; leave it null to start without a model", nameof(PromoRecOptions.ModelPath));
        }
        else if (!File.Exists(path))
        {
            result.AddError($"names '{path}', where there is no file; train a model and save it there, or correct the path", nameof(PromoRecOptions.ModelPath));
        }
    }

    private static void ValidateRanking(RankingOptions options, ValidateOptionsResultBuilder result)
    {
        if (!Enum.IsDefined(options.RankBy))
        {
            result.AddError(Text($"must be one of {string.Join(", ", Enum.GetNames<RankBy>())}, but is {(int)options.RankBy}"), nameof(options.RankBy));
        }

        if (!(options.TargetSizeExponent is >= 0 and <= 1))
        {
            result.AddError(Text($"must be from 0 to 1, but is {options.TargetSizeExponent}"), nameof(options.TargetSizeExponent));
        }

        if (options.MaxRecentCustomers is < 0 or > 10_000_000)
        {
            result.AddError(Text($"must be from 0 to 10000000, but is {options.MaxRecentCustomers}"), nameof(options.MaxRecentCustomers));
        }

        if (options.MaxRecentEventsPerCustomer is < 1 or > 10_000)
        {
            result.AddError(Text($"must be from 1 to 10000, but is {options.MaxRecentEventsPerCustomer}"), nameof(options.MaxRecentEventsPerCustomer));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
