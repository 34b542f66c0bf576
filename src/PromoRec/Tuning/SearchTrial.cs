namespace PromoRec.Tuning;

/// <summary>Values to be tried, and on how much.</summary>
/// <param name="Number">Number of the trial, from 0. A trial that goes up keeps its number.</param>
/// <param name="Values">What the parameters are.</param>
/// <param name="Rung">How often it has gone up: 0 in the beginning.</param>
/// <param name="Share">How much to spend, as a share of all: of the customers, of the iterations. Above 0, and 1 on the last rung.</param>
public sealed record SearchTrial(int Number, ParameterValues Values, int Rung, double Share);
