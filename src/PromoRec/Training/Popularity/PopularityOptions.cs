using System.Globalization;
using PromoRec.Models.Popularity;

namespace PromoRec.Training.Popularity;

/// <summary>How <see cref="PopularityTrainer"/> counts.</summary>
public sealed class PopularityOptions
{
    private const double MostStrength = 1e12;

    /// <summary>What makes an item score high: its share unless set.</summary>
    public PopularityMeasure Measure { get; set; } = PopularityMeasure.Share;

    /// <summary>What is counted: customers unless set.</summary>
    public PopularityCounting Counting { get; set; } = PopularityCounting.Customers;

    /// <summary>For <see cref="PopularityMeasure.Share"/>, the age at which an event counts half: above zero, 30 days unless set; null for never. Events of unknown time do not age.</summary>
    public TimeSpan? HalfLife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>For <see cref="PopularityMeasure.Trend"/>, the half-life of what counts as of late: above zero, 3 days unless set. Events of unknown time are left out.</summary>
    public TimeSpan RecentHalfLife { get; set; } = TimeSpan.FromDays(3);

    /// <summary>For <see cref="PopularityMeasure.Trend"/>, the half-life of what counts as usual: above <see cref="RecentHalfLife"/>, 30 days unless set.</summary>
    public TimeSpan UsualHalfLife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Fewest customers who must have an item with a value above zero, at whatever time: 1 or more, 1 unless set. Items with fewer score 0 everywhere.</summary>
    public int MinSupport { get; set; } = 1;

    /// <summary>
    /// For <see cref="PopularityMeasure.Share"/>, how many counts the shares of all customers are worth to a segment: 0 to 10¹², 1,000 unless set. A segment with as many counts of its own
    /// believes itself half.
    /// </summary>
    public double SegmentPriorStrength { get; set; } = 1000;

    /// <summary>For <see cref="PopularityMeasure.Share"/>, how many counts the share of its category is worth to an item: above 0, at most 10¹², 1 unless set.</summary>
    public double ItemPriorStrength { get; set; } = 1;

    /// <summary>For <see cref="PopularityMeasure.Trend"/>, how many expected counts the trend of the whole is worth to a part: above 0, at most 10¹², 10 unless set.</summary>
    public double TrendPriorStrength { get; set; } = 10;

    /// <summary>The customer segments that get scores of their own; none unless set. Not null; each has a name, and none is there twice.</summary>
    public IReadOnlyList<string> Segments { get; set; } = [];

    /// <summary>Throws when an option is out of range, naming every one that is.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        List<string> faults = [];
        Require(Enum.IsDefined(Measure), nameof(Measure), Measure, "Share or Trend");
        Require(Enum.IsDefined(Counting), nameof(Counting), Counting, "Customers or Events");
        Require(HalfLife is null or { Ticks: > 0 }, nameof(HalfLife), HalfLife, "above zero, or null for no decay");
        Require(RecentHalfLife > TimeSpan.Zero, nameof(RecentHalfLife), RecentHalfLife, "above zero");
        Require(UsualHalfLife > RecentHalfLife, nameof(UsualHalfLife), UsualHalfLife, $"above {nameof(RecentHalfLife)}");
        Require(MinSupport >= 1, nameof(MinSupport), MinSupport, "1 or more");
        Require(SegmentPriorStrength is >= 0 and <= MostStrength, nameof(SegmentPriorStrength), SegmentPriorStrength, "from 0 to 10¹²");
        Require(ItemPriorStrength is > 0 and <= MostStrength, nameof(ItemPriorStrength), ItemPriorStrength, "above 0 and at most 10¹²");
        Require(TrendPriorStrength is > 0 and <= MostStrength, nameof(TrendPriorStrength), TrendPriorStrength, "above 0 and at most 10¹²");
        Require(Segments is not null, nameof(Segments), "null", "a list, empty for no segments");
        Require(Segments is null || Segments.All(PopularityTables.IsName), nameof(Segments), "a list with a blank name, one that is not valid Unicode, or one that is too long", "names of segments");
        Require(Segments is null || Segments.Distinct(StringComparer.Ordinal).Count() == Segments.Count, nameof(Segments), "a list with a name that is there twice", "different names");
        if (faults.Count > 0)
        {
            throw new ArgumentException($"These options of popularity are out of range: {string.Join("; ", faults)}.");
        }

        void Require(bool holds, string name, object? value, string allowed)
        {
            if (!holds)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} must be {allowed}, but is {value}"));
            }
        }
    }

    internal PopularityOptions Copy()
    {
        var copy = (PopularityOptions)MemberwiseClone();
        copy.Segments = Segments is null ? null! : [.. Segments];
        return copy;
    }
}
