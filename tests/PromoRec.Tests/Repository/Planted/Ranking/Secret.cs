namespace PromoRec.Tests.Repository.Planted.Ranking;

/// <summary>What the planted types must not use.</summary>
internal class Secret
{
    public static int Value => Numerics.Plain.One;
}
