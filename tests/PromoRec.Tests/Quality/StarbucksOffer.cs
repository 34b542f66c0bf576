namespace PromoRec.Tests.Quality;

/// <summary>An offer of the Starbucks data.</summary>
internal sealed record StarbucksOffer(string Id, string Type, double Reward, double Difficulty, int DurationHours);
