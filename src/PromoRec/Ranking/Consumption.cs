namespace PromoRec.Ranking;

/// <summary>How a customer came to have something. The numbers are bits, and those that a model's history holds.</summary>
[Flags]
internal enum Consumption : byte
{
    None = 0,
    Redeemed = 1,
    Purchased = 2,
}
