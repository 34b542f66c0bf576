namespace PromoRec.PostgreSql.Escrow;

/// <summary>One row of a budget.</summary>
/// <param name="Shard">Its number; 0 always exists.</param>
/// <param name="Granted">What may be taken from it; over all rows, the limit.</param>
/// <param name="Taken">What has been taken from it, less what was given back to it; may be below zero where more was given back here than taken.</param>
internal readonly record struct BudgetShard(short Shard, long Granted, long Taken);
