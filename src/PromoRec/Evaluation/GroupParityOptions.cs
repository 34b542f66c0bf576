using System.Globalization;

namespace PromoRec.Evaluation;

/// <summary>How groups of customers are compared.</summary>
public sealed class GroupParityOptions
{
    /// <summary>A ratio of the smallest to the largest below this raises the alarm: above 0, up to 1; 0.8 unless set, the four-fifths rule (29 CFR 1607.4 D).</summary>
    public double AlarmBelow { get; set; } = 0.8;

    /// <summary>With fewer customers than this, a group is reported but not compared: 1 to 1,000,000, 30 unless set.</summary>
    public int MinimumGroupSize { get; set; } = 30;

    /// <summary>Resamples of each confidence interval: 1 to 1,000,000, 1,000 unless set.</summary>
    public int Resamples { get; set; } = 1_000;

    /// <summary>Confidence of the intervals: above 0 and below 1, 0.95 unless set.</summary>
    public double ConfidenceLevel { get; set; } = 0.95;

    /// <summary>Decides the resamples. 1 unless set.</summary>
    public ulong Seed { get; set; } = 1;

    internal void ThrowIfInvalid()
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0)
        {
            throw new ArgumentException($"The options of the group parity report have faults: {string.Join("; ", faults)}.", "options");
        }
    }

    private IEnumerable<string> Faults()
    {
        if (!(AlarmBelow > 0 && AlarmBelow <= 1))
        {
            yield return Text($"{nameof(AlarmBelow)} must be above 0 and at most 1, but is {AlarmBelow}");
        }

        if (MinimumGroupSize is < 1 or > 1_000_000)
        {
            yield return Text($"{nameof(MinimumGroupSize)} must be from 1 to 1000000, but is {MinimumGroupSize}");
        }

        if (Resamples is < 1 or > 1_000_000)
        {
            yield return Text($"{nameof(Resamples)} must be from 1 to 1000000, but is {Resamples}");
        }

        if (!(ConfidenceLevel > 0 && ConfidenceLevel < 1))
        {
            yield return Text($"{nameof(ConfidenceLevel)} must be above 0 and below 1, but is {ConfidenceLevel}");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
