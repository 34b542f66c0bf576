namespace PromoRec.Testing.Simulation;

/// <summary>One offer that the simulated shop might have pushed instead.</summary>
/// <param name="Offer">The offer's number.</param>
/// <param name="Probability">That the logging policy picks it.</param>
public readonly record struct OfferChoice(int Offer, double Probability);
