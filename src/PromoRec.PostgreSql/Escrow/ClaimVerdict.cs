namespace PromoRec.PostgreSql.Escrow;

/// <summary>What the rows that were read say of a claim.</summary>
internal enum ClaimVerdict
{
    /// <summary>It fits into the row that this lane takes from.</summary>
    Fits = 0,

    /// <summary>The budget is used up, for certain.</summary>
    Short = 1,

    /// <summary>It is known only after units have been moved, carts swept or changes written.</summary>
    Unknown = 2,
}
