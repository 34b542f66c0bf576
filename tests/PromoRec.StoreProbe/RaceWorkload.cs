using System.Globalization;
using PromoRec.Push.Ledger;

namespace PromoRec.StoreProbe;

/// <summary>Many processes reach for the same places: nobody gives anything back, so that the end is known in advance.</summary>
/// <remarks>
/// <para>Every attempt asks for one place under 3 in a day, 10 in a week and 1 of its offer ever, and for one unit of a budget of all customers. What a customer ends
/// with must not depend on the order in which attempts meet, and caps that bind together would make it so. Therefore each customer has one cap that binds besides the
/// one of each offer.</para>
/// <para>Half of the customers are sent to now: the day's cap binds, and each ends with 3 places or all offers that were tried, whichever is less. The others are
/// sent to on five days more than a day and a time to live apart, and all five in a week. The offer says the day, three offers for each: a day never has more than
/// its 3 places to give, so that the week's cap binds, and each ends with 10 places or all offers that were tried. Unless the budget ends before.</para>
/// </remarks>
public static class RaceWorkload
{
    public const string Name = "race";
    public const string Ready = "ready";
    public const int PerDay = 3;
    public const int PerWeek = 10;
    public const int Offers = 15;
    public static readonly BudgetName Budget = new("race/count", string.Empty);

    /// <summary>Later than any run of this, and the same for all processes, which read their clocks at different moments.</summary>
    private static readonly DateTimeOffset FirstDay = new(2100, 1, 4, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan TimeToLive = TimeSpan.FromHours(1);
    private static readonly TimeSpan FromDayToDay = TimeSpan.FromDays(1) + TimeToLive;
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
            PlannedAt = IsPlanned(attempt.Customer) ? FirstDay + (attempt.Offer / PerDay * FromDayToDay) : null,
            TimeToLive = TimeToLive,
            Caps =
            [
                new CapClaim([Everything], PerDay, LedgerWindow.Rolling(TimeSpan.FromDays(1))),
                new CapClaim([Everything], PerWeek, LedgerWindow.Rolling(TimeSpan.FromDays(7))),
                new CapClaim([offer], 1, LedgerWindow.Lifetime),
            ],
            Budgets = [new BudgetClaim(Budget.Key, Budget.Period, budget, 1)],
        };
    }

    /// <summary>Whether the customer's places are planned for several days, so that the week's cap binds and not the day's.</summary>
    public static bool IsPlanned(int customer) => customer % 2 == 0;

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
