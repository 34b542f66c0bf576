namespace PromoRec;

/// <summary>Which kind of knowledge answered a request, from least to most.</summary>
public enum RankTier
{
    /// <summary>Nothing was learnt yet: all offers have score 0 and stand in the order of their ids.</summary>
    Rules = 0,

    /// <summary>The customer is unknown: offers are ordered by how many customers bought their targets.</summary>
    Popularity = 1,

    /// <summary>What items are about (words, categories, brands, tags, numbers), and what the customer is interested in: it holds for items that nobody bought yet.</summary>
    Content = 2,

    /// <summary>Items like those the customer has, or those that customers like this one have.</summary>
    Neighbours = 3,

    /// <summary>The customer's factors against the offers' factors.</summary>
    Als = 4,

    /// <summary>Several of these together.</summary>
    Hybrid = 5,
}
