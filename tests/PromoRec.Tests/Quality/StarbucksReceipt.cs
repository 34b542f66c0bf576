namespace PromoRec.Tests.Quality;

/// <summary>An offer that a customer received, and whether it was viewed and then completed in its time.</summary>
internal sealed record StarbucksReceipt(string Customer, int Hour, StarbucksOffer Offer, bool IsAnswered);
