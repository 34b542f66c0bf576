namespace PromoRec.Numerics;

/// <summary>Whether a kernel adds products or takes them away, decided when it is compiled.</summary>
internal interface ISign
{
    static abstract TLanes Step<TLanes>(TLanes x, TLanes y, TLanes sum)
        where TLanes : struct, ILanes<TLanes>;
}
