using System.Numerics;
using PromoRec.Push.Ledger;

namespace PromoRec.StoreProbe;

/// <summary>Compares what a race left in a ledger with what must be there.</summary>
public static class RaceOracle
{
    private const int ReadAtOnce = 500;

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
        HashSet<bool> bound = [];
        foreach (KeyValuePair<int, int>[] some in TriedOffers(attempts).Chunk(ReadAtOnce))
        {
            CustomerHistory[] histories = await Task.WhenAll(some.Select(each => ledger.ReadAsync(RaceWorkload.Customer(each.Key)).AsTask()));
            for (int i = 0; i < some.Length; i++)
            {
                bool isPlanned = RaceWorkload.IsPlanned(some[i].Key);
                int tried = BitOperations.PopCount((uint)some[i].Value);
                int expected = Math.Min(isPlanned ? RaceWorkload.PerWeek : RaceWorkload.PerDay, tried);
                if (expected < tried)
                {
                    bound.Add(isPlanned);
                }

                possible += expected;
                held += histories[i].Entries.Length;
                Compare(some[i].Key, histories[i], expected, isExact: budget == int.MaxValue, faults);
            }
        }

        if (bound.Count < 2)
        {
            faults.Add("No customer tried more offers than one of the caps lets pass: this race shows nothing about that cap.");
        }

        long total = Math.Min(possible, budget);
        BudgetLevel level = (await ledger.ReadBudgetsAsync([RaceWorkload.Budget]))[0];
        if (held != total || granted != total || level.Taken != total)
        {
            faults.Add($"{held} places are held, {granted} were granted and {level.Taken} taken of the budget, but all of them must be {total}.");
        }

        return faults;
    }

    /// <summary>For each customer that was tried, a bit for each offer.</summary>
    private static Dictionary<int, int> TriedOffers(IEnumerable<RaceAttempt> attempts)
    {
        Dictionary<int, int> tried = [];
        foreach (RaceAttempt attempt in attempts)
        {
            tried[attempt.Customer] = tried.GetValueOrDefault(attempt.Customer) | (1 << attempt.Offer);
        }

        return tried;
    }

    private static void Compare(int customer, CustomerHistory history, int expected, bool isExact, List<string> faults)
    {
        if (history.Entries.Length > expected || (history.Entries.Length < expected && isExact))
        {
            faults.Add($"Customer {customer} holds {history.Entries.Length} places instead of {expected}.");
        }

        faults.AddRange(Enumerable.Range(0, RaceWorkload.Offers)
            .Where(offer => history.Entries.Count(entry => entry.Labels.Contains(RaceWorkload.Offer(offer))) > 1)
            .Select(offer => $"Customer {customer} holds offer {offer} more than once."));
    }
}
