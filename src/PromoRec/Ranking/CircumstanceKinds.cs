namespace PromoRec.Ranking;

/// <summary>What a stack may look at in a request beside scores, offers and the context.</summary>
[Flags]
internal enum CircumstanceKinds
{
    None = 0,

    /// <summary>When the customer last did something.</summary>
    Days = 1,

    /// <summary>How dear the items are that the customer buys.</summary>
    Prices = 2,

    /// <summary>At what the basket aims.</summary>
    Basket = 4,

    All = Days | Prices | Basket,
}
