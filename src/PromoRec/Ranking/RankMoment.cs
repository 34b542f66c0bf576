namespace PromoRec.Ranking;

/// <summary>What one request knows beside the model and the catalog.</summary>
/// <param name="User">The customer.</param>
/// <param name="Activity">What the customer did since the training; null where that is nothing.</param>
/// <param name="NowTicks">The instant of the request in UTC.</param>
internal readonly record struct RankMoment(UserId User, CustomerActivity? Activity, long NowTicks);
