using PromoRec.Datasets;

namespace PromoRec.Cli.Output;

/// <summary>What became of the rows of an interactions file.</summary>
internal sealed record DataReport
{
    public required long Rows { get; init; }

    public required long OutsideTime { get; init; }

    public required int BadRows { get; init; }

    public required long Duplicates { get; init; }

    public required long ConflictingDuplicates { get; init; }

    public required long Weightless { get; init; }

    public required long Orphans { get; init; }

    public required long FutureTimes { get; init; }

    public required long OutlierUsers { get; init; }

    public required long OutlierValues { get; init; }

    public required DateTimeOffset? First { get; init; }

    public required DateTimeOffset? Last { get; init; }

    public static DataReport Of(DataQualityReport quality, long rows, long outsideTime, int badRows) => new()
    {
        Rows = rows,
        OutsideTime = outsideTime,
        BadRows = badRows,
        Duplicates = quality.Duplicates,
        ConflictingDuplicates = quality.ConflictingDuplicates,
        Weightless = quality.Weightless,
        Orphans = quality.Orphans,
        FutureTimes = quality.FutureTimes,
        OutlierUsers = quality.OutlierUsers,
        OutlierValues = quality.OutlierValues,
        First = quality.First,
        Last = quality.Last,
    };
}
