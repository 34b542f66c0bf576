namespace PromoRec.Push.Ledger;

/// <summary>A shared budget that a reservation takes from: it is refused when less than <paramref name="Amount"/> is left.</summary>
/// <param name="Key">Names the budget, such as "offer:spring/count": 1 to 200 characters. No personal data: pseudonymise identifiers before.</param>
/// <param name="Period">Names the period in which it counts, such as "2026-11"; empty for a budget that never starts anew. At most 40 characters.</param>
/// <param name="Limit">All there is in the period, in units: 0 or more. The latest limit that was claimed holds.</param>
/// <param name="Amount">What this reservation takes, in units: 0 or more. A count is in ones, money in ten-thousandths of the currency's unit.</param>
/// <remarks>
/// A budget belongs to all customers, so a store may spread it over several places; what it promises all the same is that the sum taken
/// never exceeds the limit, and that nothing is refused while enough is left.
/// </remarks>
public readonly record struct BudgetClaim(string Key, string Period, long Limit, long Amount);
