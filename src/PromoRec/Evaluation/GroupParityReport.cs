using System.Globalization;
using System.Text;

namespace PromoRec.Evaluation;

/// <summary>How evenly groups of customers were shown offers. Names groups, never customers.</summary>
public sealed class GroupParityReport
{
    private readonly double _alarmBelow;

    internal GroupParityReport(IReadOnlyList<GroupParityRow> groups, double alarmBelow)
    {
        _alarmBelow = alarmBelow;
        Groups = groups;
        ReachRatio = RatioOf(groups.Select(group => group.Reach));
        DepthRatio = RatioOf(groups.Where(group => group.Depth is not null).Select(group => group.Depth!.Value));
    }

    /// <summary>The groups, by name in ordinal order.</summary>
    public IReadOnlyList<GroupParityRow> Groups { get; }

    /// <summary>The smallest reach of a group divided by the largest, 0 to 1, over the groups that are large enough; null with fewer than two of these. 1 where nobody was reached.</summary>
    public double? ReachRatio { get; }

    /// <summary>The smallest mean depth of a group divided by the largest, 0 to 1, over the groups in which enough customers were reached; null with fewer than two of these. 1 where nobody saves anything.</summary>
    public double? DepthRatio { get; }

    /// <summary>Whether <see cref="ReachRatio"/> is below <see cref="GroupParityOptions.AlarmBelow"/>.</summary>
    public bool ReachAlarm => ReachRatio < _alarmBelow;

    /// <summary>Whether <see cref="DepthRatio"/> is below <see cref="GroupParityOptions.AlarmBelow"/>.</summary>
    public bool DepthAlarm => DepthRatio < _alarmBelow;

    /// <summary>Whether either is.</summary>
    public bool Alarm => ReachAlarm || DepthAlarm;

    /// <summary>Customers who were shown offers and are in no group.</summary>
    public int CustomersWithoutGroup { get; internal init; }

    /// <summary>Times that an offer was shown which is not in the catalog: these count for reach and not for depth.</summary>
    public long UnknownOffersShown { get; internal init; }

    /// <summary>The report as text: a line for each group, the ratios, and what was left out.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (GroupParityRow group in Groups)
        {
            text.Append(CultureInfo.InvariantCulture, $"{group.Group}: reach {Text(group.Reach)}");
            text.Append(group.Depth is { } depth ? $", depth {Text(depth)}" : ", depth not known: nobody was shown an offer of the catalog").Append('\n');
        }

        text.Append(Text("reach", ReachRatio)).Append(Text("depth", DepthRatio));
        if (CustomersWithoutGroup > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{CustomersWithoutGroup} customers who were shown offers are in no group\n");
        }

        if (UnknownOffersShown > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{UnknownOffersShown} times an offer was shown that is not in the catalog; its depth is not known\n");
        }

        return text.ToString();
    }

    private static double? RatioOf(IEnumerable<GroupEstimate> estimates)
    {
        double[] means = [.. estimates.Where(estimate => !estimate.IsTooSmall).Select(estimate => estimate.Mean)];
        return means.Length < 2 ? null : means.Max() == 0 ? 1 : means.Min() / means.Max();
    }

    private static string Text(GroupEstimate estimate)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{estimate.Mean:0.0000} ({estimate.Low:0.0000} to {estimate.High:0.0000}, {estimate.Customers} customers)");
        return estimate.IsTooSmall ? $"{text} too few to compare" : text;
    }

    private string Text(string name, double? ratio) => ratio is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"ratio of {name}, smallest to largest: {known:0.0000}{(known < _alarmBelow ? $", ALARM: below {_alarmBelow}" : string.Empty)}\n")
        : $"ratio of {name}: fewer than two groups are large enough\n";
}
