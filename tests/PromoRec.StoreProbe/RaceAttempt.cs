namespace PromoRec.StoreProbe;

/// <summary>One try to get a place.</summary>
public readonly record struct RaceAttempt(int Customer, int Offer, string Key);
