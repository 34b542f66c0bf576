using PromoRec.Push.Ledger;

namespace PromoRec.StoreProbe;

/// <summary>Compares what a race left in a ledger with what must be there.</summary>
public static class RaceOracle
{
    /// <summary>Every difference in words; none when the race was exact.</summary>
    /// <param name="ledger">The ledger after the race.</param>
    /// <param name="attempts">Everything that all processes tried.</param>
    /// <param name="granted">How many grants the processes counted.</param>
    /// <param name="budget">The budget's limit.</param>
    public static async Task<List<string>> FaultsAsync(IReservationLedger ledger, IEnumerable<RaceAttempt> attempts, long granted, long budget)
    {
        List<string> faults = [];
        long possible = 0;
        long held = 0;
        foreach (IGrouping<int, RaceAttempt> customer in attempts.GroupBy(attempt => attempt.Customer))
        {
            HashSet<int> tried = [.. customer.Select(attempt => attempt.Offer)];
            int expected = Math.Min(RaceWorkload.PerDay, tried.Count);
            CustomerHistory history = await ledger.ReadAsync(RaceWorkload.Customer(customer.Key));
            possible += expected;
            held += history.Entries.Length;
            if (history.Entries.Length > expected || (history.Entries.Length < expected && budget == int.MaxValue))
            {
                faults.Add($"Customer {customer.Key} holds {history.Entries.Length} places instead of {expected}.");
            }

            faults.AddRange(tried
                .Where(offer => history.Entries.Count(entry => entry.Labels.Contains(RaceWorkload.Offer(offer))) > 1)
                .Select(offer => $"Customer {customer.Key} holds offer {offer} more than once."));
        }

        long total = Math.Min(possible, budget);
        BudgetLevel level = (await ledger.ReadBudgetsAsync([RaceWorkload.Budget]))[0];
        if (held != total || granted != total || level.Taken != total)
        {
            faults.Add($"{held} places are held, {granted} were granted and {level.Taken} taken of the budget, but all of them must be {total}.");
        }

        return faults;
    }
}
