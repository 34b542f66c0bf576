namespace PromoRec.Numerics;

/// <summary>Whether a kernel adds products or takes them away, decided when it is compiled.</summary>
internal interface ISign
{
    static abstract TFloats Step<TFloats>(TFloats x, TFloats y, TFloats sum)
        where TFloats : struct, IFloats<TFloats>;
}
