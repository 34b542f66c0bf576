using System.Globalization;
using Microsoft.Extensions.Options;

namespace PromoRec.Sqlite;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class SqliteOptionsValidator : IValidateOptions<SqliteOptions>
{
    private const int LargestBatch = 10_000;
    private const int MostWaiting = 10_000_000;
    private const long ShortestLog = 1L << 20;
    private const long LongestLog = 1L << 30;
    private static readonly TimeSpan LongestBusyTimeout = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, SqliteOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (string.IsNullOrWhiteSpace(options.Path))
        {
            result.AddError("must name the database file, but is empty; pass a path to UseSqlite", nameof(options.Path));
        }
        else if (options.Path.Contains('\0', StringComparison.Ordinal) || options.Path == ":memory:" || options.Path.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            result.AddError($"must be the plain path of a file, but is '{options.Path.Replace('\0', '?')}'; a store that forgets is UseInMemoryPushStore", nameof(options.Path));
        }

        if (!Enum.IsDefined(options.Synchronous))
        {
            result.AddError(Text($"must be Full or Normal, but is {(int)options.Synchronous}"), nameof(options.Synchronous));
        }

        if (options.BusyTimeout < TimeSpan.Zero || options.BusyTimeout > LongestBusyTimeout)
        {
            result.AddError(Text($"must be from zero to ten minutes, but is {options.BusyTimeout}"), nameof(options.BusyTimeout));
        }

        if (options.MaxBatch is < 1 or > LargestBatch)
        {
            result.AddError(Text($"must be from 1 to {LargestBatch}, but is {options.MaxBatch}"), nameof(options.MaxBatch));
        }

        if (options.MaxWaiting is < 1 or > MostWaiting)
        {
            result.AddError(Text($"must be from 1 to {MostWaiting}, but is {options.MaxWaiting}"), nameof(options.MaxWaiting));
        }

        if (options.MaxLogBytes is < ShortestLog or > LongestLog)
        {
            result.AddError(Text($"must be from {ShortestLog} to {LongestLog}, but is {options.MaxLogBytes}"), nameof(options.MaxLogBytes));
        }

        return result.Build();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
