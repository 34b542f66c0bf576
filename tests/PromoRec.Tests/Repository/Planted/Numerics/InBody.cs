namespace PromoRec.Tests.Repository.Planted.Numerics;

internal static class InBody
{
    public static int Run() => Ranking.Secret.Value;
}
