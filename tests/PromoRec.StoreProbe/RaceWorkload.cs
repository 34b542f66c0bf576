using System.Globalization;
using PromoRec.Push.Ledger;

namespace PromoRec.StoreProbe;

/// <summary>Many processes reach for the same places: nobody gives anything back, so that the end is known in advance.</summary>
/// <remarks>
/// Every attempt asks for one place under 3 in a day, 10 in a week and 1 of its offer ever, and for one unit of a budget of all customers. Whatever the order
/// in which attempts meet, each customer ends with 3 places or with all offers that were tried, whichever is less, unless the budget ends before.
/// </remarks>
public static class RaceWorkload
{
    public const string Name = "race";
    public const string Ready = "ready";
    public const int PerDay = 3;
    public const int Offers = 6;
    public static readonly BudgetName Budget = new("race/count", string.Empty);

    private const int PerWeek = 10;
    private static readonly LedgerLabel Everything = LedgerLabel.Of("all", string.Empty);

    /// <summary>What a process tries, in its order.</summary>
    /// <param name="process">The process.</param>
    /// <param name="attempts">How many attempts.</param>
    /// <param name="customers">How many customers are tried again and again.</param>
    /// <param name="cold">How many more there are, who get every second attempt; 0 for none.</param>
    public static IEnumerable<RaceAttempt> Attempts(int process, int attempts, int customers, int cold = 0)
    {
        Random random = new(7919 * (process + 1));
        for (int i = 0; i < attempts; i++)
        {
            int customer = cold > 0 && i % 2 == 0 ? customers + random.Next(cold) : random.Next(customers);
            yield return new RaceAttempt(customer, random.Next(Offers), string.Create(CultureInfo.InvariantCulture, $"{process}-{i}"));
        }
    }

    public static UserId Customer(int number) => new(string.Create(CultureInfo.InvariantCulture, $"customer-{number}"));

    public static ReservationRequest Request(RaceAttempt attempt, long budget)
    {
        LedgerLabel offer = Offer(attempt.Offer);
        return new ReservationRequest
        {
            UserId = Customer(attempt.Customer),
            Key = attempt.Key,
            Labels = [Everything, offer],
            TimeToLive = TimeSpan.FromHours(1),
            Caps =
            [
                new CapClaim([Everything], PerDay, LedgerWindow.Rolling(TimeSpan.FromDays(1))),
                new CapClaim([Everything], PerWeek, LedgerWindow.Rolling(TimeSpan.FromDays(7))),
                new CapClaim([offer], 1, LedgerWindow.Lifetime),
            ],
            Budgets = [new BudgetClaim(Budget.Key, Budget.Period, budget, 1)],
        };
    }

    public static LedgerLabel Offer(int number) => LedgerLabel.Of("offer", number.ToString(CultureInfo.InvariantCulture));

    internal static async Task<int> RunAsync(ProbeStore store, ProbeArguments arguments, ProbeOutput output)
    {
        int process = arguments.Get("process", 0);
        int budget = arguments.Get("budget", int.MaxValue);
        int batch = arguments.Get("batch", 1);
        RaceAttempt[][] batches = [.. Attempts(process, arguments.Get("attempts", 1000), arguments.Get("customers", 100), arguments.Get("cold", 0)).Chunk(batch)];
        int next = -1;
        int granted = 0;

        // The parent lets all processes go at once.
        output.Line(Ready);
        await Console.In.ReadLineAsync();
        await Task.WhenAll(Enumerable.Range(0, arguments.Get("tasks", 32)).Select(_ => Task.Run(WorkAsync)));
        output.Line(string.Create(CultureInfo.InvariantCulture, $"granted {granted}"));
        return 0;

        async Task WorkAsync()
        {
            for (int i = Interlocked.Increment(ref next); i < batches.Length; i = Interlocked.Increment(ref next))
            {
                ReservationRequest[] requests = Array.ConvertAll(batches[i], attempt => Request(attempt, budget));
                IReadOnlyList<ReservationResult> results = batch == 1 ? [await store.Ledger.TryReserveAsync(requests[0])] : await store.Ledger.TryReserveAsync(requests);
                Interlocked.Add(ref granted, results.Count(result => result.Status == ReservationStatus.Granted));
            }
        }
    }
}
