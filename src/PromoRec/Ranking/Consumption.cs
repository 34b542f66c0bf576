namespace PromoRec.Ranking;

/// <summary>Why an offer has nothing new for a customer.</summary>
[Flags]
internal enum Consumption : byte
{
    None = 0,
    /// <summary>They redeemed it.</summary>
    Redeemed = 1,

    /// <summary>They purchased all its items.</summary>
    Purchased = 2,
}
