namespace PromoRec.Tests.Repository.Planted.Numerics;

internal static class Plain
{
    public static int One => 1;
}
