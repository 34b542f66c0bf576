namespace PromoRec.Tests.Repository.Planted.Models;

internal sealed class DerivedFromRanking : Ranking.Secret;
