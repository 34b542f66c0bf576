namespace PromoRec.Training.Popularity;

/// <summary>What makes an item score high.</summary>
public enum PopularityMeasure
{
    /// <summary>How much of all that is wanted it is: its share.</summary>
    Share = 0,

    /// <summary>How much more it is wanted of late than over a longer time: 1 as much, 2 twice as much.</summary>
    Trend = 1,
}
