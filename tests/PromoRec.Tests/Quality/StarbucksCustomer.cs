namespace PromoRec.Tests.Quality;

/// <summary>What a customer of the Starbucks data says of himself; age, gender and income are all there or all absent.</summary>
internal sealed record StarbucksCustomer(string Id, string? Gender, double? Age, double? Income, int MemberDays);
