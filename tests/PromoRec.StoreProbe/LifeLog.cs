using System.Globalization;
using PromoRec.Consent;
using PromoRec.Push.Ledger;

namespace PromoRec.StoreProbe;

/// <summary>What a child process said before it ended, and what must follow from it.</summary>
public sealed class LifeLog
{
    public const string Acknowledged = "ack";
    public const string Failed = "failed";
    public const string End = "end";

    private static readonly HashSet<string> GoodAnswers =
    [
        nameof(ReservationStatus.Granted), nameof(ReservationStatus.Replayed), nameof(ReservationStatus.Refused),
        nameof(SettlementStatus.Done), nameof(SettlementStatus.AlreadyDone), nameof(ConsentAppendStatus.Appended),
    ];

    private readonly Dictionary<string, (int Step, string Answer)> _last = new(StringComparer.Ordinal);
    private readonly List<string> _faults = [];
    private readonly int _seed;
    private readonly int _workers;
    private readonly int _customers;

    public LifeLog(IEnumerable<string> lines, int seed, int workers, int customers)
    {
        (_seed, _workers, _customers) = (seed, workers, customers);
        foreach (string line in lines)
        {
            Read(line.Split(' ', 4));
        }
    }

    /// <summary>How many steps were acknowledged.</summary>
    public int Steps { get; private set; }

    /// <summary>Failures that the child saw and repeated, by kind.</summary>
    public Dictionary<string, int> Failures { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the child came to its end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Every difference between what the child said and what the store holds, in words.</summary>
    /// <param name="store">The store, opened again.</param>
    /// <param name="later">The same store, with a clock at which every time to live has ended.</param>
    public async Task<List<string>> FaultsAsync(ProbeStore store, ProbeStore later)
    {
        List<string> faults = [.. _faults];
        Dictionary<string, LedgerEntry> held = new(StringComparer.Ordinal);
        for (int customer = 0; customer < _customers; customer++)
        {
            CustomerHistory history = await store.Ledger.ReadAsync(LifePlan.CustomerOf(_seed, customer));
            if (history.Entries.Length > LifePlan.PerDay)
            {
                faults.Add($"Customer {customer} holds {history.Entries.Length} places, above the cap.");
            }

            foreach (LedgerEntry entry in history.Entries)
            {
                held.Add(entry.Key, entry);
            }
        }

        for (int worker = 0; worker < _workers; worker++)
        {
            await CompareAsync(worker, held, store, faults);
        }

        faults.AddRange(held.Keys.Select(key => $"Place {key} was never asked for."));
        return await CompareTotalsAsync(store, later, faults);
    }

    private void Read(string[] words)
    {
        switch (words[0])
        {
            case Acknowledged:
                _last[words[1]] = (int.Parse(words[2], CultureInfo.InvariantCulture), words[3]);
                Steps++;
                if (!GoodAnswers.Contains(words[3]) && !IsRepeatedRelease(words))
                {
                    _faults.Add($"Step {words[2]} of {words[1]} was answered with {words[3]}.");
                }

                break;
            case Failed:
                Failures[words[1]] = Failures.GetValueOrDefault(words[1]) + 1;
                break;
            case End:
                IsComplete = true;
                break;
        }
    }

    // A release that failed may have taken effect; repeated, it finds nothing.
    private bool IsRepeatedRelease(string[] words) => Failures.Count > 0 && words[3] == nameof(SettlementStatus.NotFound);

    /// <summary>A worker does one thing at a time: what it had said is there, and at most the next step as well.</summary>
    private async Task CompareAsync(int worker, Dictionary<string, LedgerEntry> held, ProbeStore store, List<string> faults)
    {
        for (int i = 0; ; i++)
        {
            LifePlan plan = LifePlan.Of(_seed, worker, i, _customers);
            bool isKnown = _last.TryGetValue(plan.Key, out (int Step, string Answer) last);
            int done = isKnown ? last.Step : -1;
            held.Remove(plan.Key, out LedgerEntry? entry);
            bool isEnded = isKnown && (done == plan.Steps.Length - 1 || last.Answer == nameof(ReservationStatus.Refused));
            bool isAsSaid = last.Answer == nameof(ReservationStatus.Refused) ? entry is null : Fits(plan, done, entry);
            if (!isAsSaid && (isEnded || !Fits(plan, done + 1, entry)))
            {
                faults.Add($"Place {plan.Key} is {entry?.State.ToString() ?? "gone"} after step {done} of {string.Join(", ", plan.Steps)}.");
            }

            if (done >= 0 && plan.Steps[done] == LifeStep.Consent && (await store.Consent.ReadAsync(plan.UserId)).Events.All(each => each.EventId != plan.Key))
            {
                faults.Add($"The consent event {plan.Key} is gone.");
            }

            // After a place that was not ended, the worker has asked for no other.
            if (!isEnded)
            {
                return;
            }
        }
    }

    /// <summary>Whether a place is as it must be after a step; before the first one there is none.</summary>
    private static bool Fits(LifePlan plan, int step, LedgerEntry? entry)
    {
        LifeStep last = step < 0 ? LifeStep.Release : plan.Steps[step];
        return last switch
        {
            LifeStep.Reserve => entry?.State == ReservationState.Reserved,
            LifeStep.Begin => entry?.State == ReservationState.Begun,
            LifeStep.Uncertain => entry?.State == ReservationState.Uncertain,
            LifeStep.Release => entry is null,
            LifeStep.Refund => entry is { State: ReservationState.Committed, Refunds.Length: 1 },
            _ => entry is { State: ReservationState.Committed, Refunds.Length: 0 },
        };
    }

    private async Task<List<string>> CompareTotalsAsync(ProbeStore store, ProbeStore later, List<string> faults)
    {
        long expectedTaken = 0;
        List<string> expectedUncertain = [];
        for (int customer = 0; customer < _customers; customer++)
        {
            CustomerHistory history = await store.Ledger.ReadAsync(LifePlan.CustomerOf(_seed, customer));
            expectedTaken += history.Entries.Sum(entry => entry.Budgets.Sum(hold => hold.Amount - hold.Refunded));
            expectedUncertain.AddRange(history.Entries.Where(entry => entry.State != ReservationState.Committed).Select(entry => entry.Key));
        }

        long taken = (await store.Ledger.ReadBudgetsAsync([LifePlan.BudgetOf(_seed)]))[0].Taken;
        if (taken != expectedTaken)
        {
            faults.Add($"{taken} units of the budget are taken, but {expectedTaken} are held.");
        }

        List<string> uncertain = [];
        await foreach (Reservation reservation in later.Ledger.ReadUncertainAsync())
        {
            if (reservation.Key.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{_seed}-"), StringComparison.Ordinal))
            {
                uncertain.Add(reservation.Key);
            }
        }

        if (!uncertain.Order(StringComparer.Ordinal).SequenceEqual(expectedUncertain.Order(StringComparer.Ordinal)))
        {
            faults.Add($"{uncertain.Count} uncertain places are listed, but there are {expectedUncertain.Count}.");
        }

        return faults;
    }
}
