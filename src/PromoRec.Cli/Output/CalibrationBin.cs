namespace PromoRec.Cli.Output;

/// <summary>Examples, or offers, whose predicted probabilities are near each other: how many there are, their mean probability, and the share of them that is true.</summary>
internal sealed record CalibrationBin(int Examples, double Probability, double True)
{
    private const int Parts = 10;

    /// <summary>Ten equal parts, the lowest probabilities first; fewer where there are fewer examples.</summary>
    public static CalibrationBin[] Tenths(IReadOnlyCollection<(double Probability, bool True)> examples)
    {
        // Which of equal probabilities stand first would else depend on the order in which customers come.
        (double Probability, bool True)[] ordered = [.. examples.OrderBy(one => one.Probability).ThenBy(one => one.True)];
        return
        [
            .. Enumerable.Range(0, Parts)
                .Select(part => ordered[(int)((long)ordered.Length * part / Parts)..(int)((long)ordered.Length * (part + 1) / Parts)])
                .Where(part => part.Length > 0)
                .Select(part => new CalibrationBin(part.Length, part.Average(one => one.Probability), part.Average(one => one.True ? 1.0 : 0.0))),
        ];
    }
}
