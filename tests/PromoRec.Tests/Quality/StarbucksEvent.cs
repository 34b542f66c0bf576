namespace PromoRec.Tests.Quality;

/// <summary>Something that happened to a customer of the Starbucks data.</summary>
internal sealed record StarbucksEvent(int Hour, string Kind, string Offer, double Amount);
