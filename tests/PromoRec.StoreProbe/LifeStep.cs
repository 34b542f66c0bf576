namespace PromoRec.StoreProbe;

/// <summary>One thing that is done with a place.</summary>
public enum LifeStep
{
    Reserve,
    Begin,
    Commit,
    Release,
    Uncertain,
    Refund,
    Consent,
}
