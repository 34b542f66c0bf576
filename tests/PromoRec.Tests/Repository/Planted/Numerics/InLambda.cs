namespace PromoRec.Tests.Repository.Planted.Numerics;

internal static class InLambda
{
    public static Func<object, bool> Run(int add) => value => value is Ranking.Secret && add > 0;
}
