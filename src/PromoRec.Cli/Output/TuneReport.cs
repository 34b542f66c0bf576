namespace PromoRec.Cli.Output;

/// <summary>What <c>tune --json</c> writes.</summary>
internal sealed record TuneReport
{
    /// <summary>The algorithm with the best options, as <c>compare --algorithms</c> takes it.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The command that trains with them on the whole file.</summary>
    public string Command { get; init; } = string.Empty;

    /// <summary>The options that were looked for.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    public required string Metric { get; init; }

    /// <summary>Whether the lowest value wins, as of errors.</summary>
    public bool LowestWins { get; init; }

    /// <summary>The metric with the best options, on the customers that they were chosen on.</summary>
    public required double Score { get; init; }

    /// <summary>The metric with the values that the options have unless set; null where there was no time for it.</summary>
    public required double? UsualScore { get; init; }

    /// <summary>Share of the customers that the score rests on: below 1 where there was no time for all.</summary>
    public required double Share { get; init; }

    /// <summary>Test customers that the largest evaluation rests on.</summary>
    public required int Users { get; init; }

    /// <summary>When the part begins that was measured on; null where it was drawn at random.</summary>
    public DateTimeOffset? Cut { get; init; }

    public required int Rungs { get; init; }

    public required bool RanOutOfTime { get; init; }

    /// <summary>Everything that was tried, in its order.</summary>
    public required IReadOnlyList<TuneEntry> Evaluations { get; init; }

    public double Seconds { get; init; }
}
