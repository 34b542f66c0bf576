using System.Globalization;
using PromoRec.Consent;
using PromoRec.Push.Ledger;

namespace PromoRec.StoreProbe;

/// <summary>What a worker does with its i-th place: the same in every process, so that the parent of a killed child knows what it was about to do.</summary>
/// <param name="Seed">Which child's it is; children that follow each other in one file have customers and a budget of their own.</param>
/// <param name="Customer">Whose place it is.</param>
/// <param name="Key">Its key.</param>
/// <param name="Steps">What is done, in order.</param>
public sealed record LifePlan(int Seed, int Customer, string Key, LifeStep[] Steps)
{
    public const int PerDay = 5;
    public static readonly LedgerLabel Everything = LedgerLabel.Of("all", string.Empty);
    public static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(15);

    private static readonly LifeStep[][] Lives =
    [
        [LifeStep.Reserve],
        [LifeStep.Reserve, LifeStep.Begin],
        [LifeStep.Reserve, LifeStep.Begin, LifeStep.Commit],
        [LifeStep.Reserve, LifeStep.Begin, LifeStep.Commit, LifeStep.Consent],
        [LifeStep.Reserve, LifeStep.Begin, LifeStep.Uncertain],
        [LifeStep.Reserve, LifeStep.Begin, LifeStep.Release],
        [LifeStep.Reserve, LifeStep.Release],
        [LifeStep.Reserve, LifeStep.Commit, LifeStep.Refund],
    ];

    public UserId UserId => CustomerOf(Seed, Customer);

    public ReservationRequest Request => new()
    {
        UserId = UserId,
        Key = Key,
        Labels = [Everything],
        TimeToLive = TimeToLive,
        Caps = [new CapClaim([Everything], PerDay, LedgerWindow.Rolling(TimeSpan.FromDays(1)))],
        Budgets = [new BudgetClaim(BudgetOf(Seed).Key, BudgetOf(Seed).Period, int.MaxValue, 1)],
    };

    public ConsentEvent Event => new() { EventId = Key, At = DateTimeOffset.UnixEpoch, State = ConsentState.Granted };

    public static UserId CustomerOf(int seed, int customer) => new(string.Create(CultureInfo.InvariantCulture, $"customer-{seed}-{customer}"));

    public static BudgetName BudgetOf(int seed) => new(string.Create(CultureInfo.InvariantCulture, $"life/{seed}"), string.Empty);

    public static LifePlan Of(int seed, int worker, int i, int customers)
    {
        Random random = new(HashOf(seed, worker, i));
        return new LifePlan(seed, random.Next(customers), string.Create(CultureInfo.InvariantCulture, $"{seed}-{worker}-{i}"), Lives[random.Next(Lives.Length)]);
    }

    private static int HashOf(int seed, int worker, int i) => unchecked((((seed * 31) + worker) * 1_000_003) + i);
}
