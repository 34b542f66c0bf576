namespace PromoRec.Training.Popularity;

/// <summary>What is counted.</summary>
public enum PopularityCounting
{
    /// <summary>Customers who have the item with a value above zero, each once, as of the last thing that they did with it for it.</summary>
    Customers = 0,

    /// <summary>The weights of all events, so that what is bought again and again counts again and again, and what is dismissed counts less.</summary>
    Events = 1,
}
