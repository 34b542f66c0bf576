namespace PromoRec.Cli.Output;

/// <summary>The numbers of the pictures of predicted ratings.</summary>
internal sealed record RatingCurves
{
    private const int Tenths = 10;

    /// <summary>Bins of errors to each side of 0, so that on a scale from 1 to 5 each is half a point wide.</summary>
    private const int BinsASide = 8;

    /// <summary>Ratings in ten equal parts by their predictions, the lowest first.</summary>
    public required IReadOnlyList<RatingBin> Calibration { get; init; }

    /// <summary>Errors in bins of equal width, the largest underestimates first; the outermost hold all that are further off.</summary>
    public required IReadOnlyList<ErrorBin> Errors { get; init; }

    /// <summary>The error after training on a share of the data that was drawn from all of it; empty where nothing was trained.</summary>
    public IReadOnlyList<LearningPoint> Learning { get; init; } = [];

    /// <summary>The error after training on the earliest share of the data; empty where nothing was trained, or nothing has a time.</summary>
    public IReadOnlyList<LearningPoint> LearningByTime { get; init; } = [];

    /// <param name="predicted">The predictions, at least one.</param>
    /// <param name="actual">The ratings.</param>
    public static RatingCurves Of(IReadOnlyList<double> predicted, IReadOnlyList<double> actual)
    {
        int[] order = [.. Enumerable.Range(0, predicted.Count).OrderBy(at => predicted[at])];
        List<RatingBin> calibration = [];
        for (int tenth = 0; tenth < Tenths; tenth++)
        {
            int[] part = order[(order.Length * tenth / Tenths)..(order.Length * (tenth + 1) / Tenths)];
            if (part.Length > 0)
            {
                calibration.Add(new RatingBin(part.Length, part.Average(at => predicted[at]), part.Average(at => actual[at])));
            }
        }

        double span = actual.Max() - actual.Min();
        double width = span > 0 ? span / BinsASide : 1;
        var counts = new int[(2 * BinsASide) + 1];
        for (int at = 0; at < predicted.Count; at++)
        {
            counts[BinsASide + (int)Math.Clamp(Math.Round((predicted[at] - actual[at]) / width), -BinsASide, BinsASide)]++;
        }

        return new RatingCurves { Calibration = calibration, Errors = [.. counts.Select((count, bin) => new ErrorBin((bin - BinsASide) * width, (double)count / predicted.Count))] };
    }
}
