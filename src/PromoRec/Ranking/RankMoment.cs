namespace PromoRec.Ranking;

/// <summary>Who asks, and when.</summary>
/// <param name="User">The customer.</param>
/// <param name="NowTicks">The instant in UTC.</param>
internal readonly record struct RankMoment(UserId User, long NowTicks);
