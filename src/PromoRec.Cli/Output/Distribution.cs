namespace PromoRec.Cli.Output;

/// <summary>How numbers are spread: the mean, some percentiles by nearest rank, and the largest. All are 0 where there are no numbers.</summary>
internal sealed record Distribution(double Mean, int Median, int P90, int P95, int P99, int Max)
{
    public static Distribution Of(IEnumerable<int> numbers)
    {
        int[] sorted = [.. numbers.Order()];
        return sorted.Length == 0
            ? new Distribution(0, 0, 0, 0, 0, 0)
            : new Distribution(sorted.Average(), At(sorted, 50), At(sorted, 90), At(sorted, 95), At(sorted, 99), sorted[^1]);
    }

    /// <summary>The smallest number that at least so many percent do not exceed.</summary>
    private static int At(int[] sorted, int percent) => sorted[(int)((((long)sorted.Length * percent) + 99) / 100) - 1];
}
