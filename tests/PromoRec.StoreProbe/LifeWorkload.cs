using System.Globalization;
using PromoRec.Push.Ledger;

namespace PromoRec.StoreProbe;

/// <summary>Workers take places through their whole life and say what was acknowledged, until they are killed or have done as many as they were asked for.</summary>
internal static class LifeWorkload
{
    public const string Name = "life";

    private const int MostTries = 400;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(10);

    public static async Task<int> RunAsync(ProbeStore store, ProbeArguments arguments, ProbeOutput output)
    {
        int count = arguments.Get("count", int.MaxValue);
        int seed = arguments.Get("seed", 1);
        int forgetEvery = arguments.Get("forget-every", 0);
        await Task.WhenAll(Enumerable.Range(0, arguments.Get("workers", 4)).Select(worker => Task.Run(() => WorkAsync(worker))));
        output.Line(LifeLog.End);
        return 0;

        async Task WorkAsync(int worker)
        {
            for (int i = 0; i < count; i++)
            {
                await LiveAsync(store, LifePlan.Of(seed, worker, i, arguments.Get("customers", 300)), output);
                if (forgetEvery > 0 && i % forgetEvery == 0)
                {
                    // Somebody else, who leaves: a store may have to rewrite more than one row for it.
                    await store.Ledger.ForgetAsync(new UserId(string.Create(CultureInfo.InvariantCulture, $"leaving-{seed}-{worker}-{i}")));
                }
            }
        }
    }

    private static async Task LiveAsync(ProbeStore store, LifePlan plan, ProbeOutput output)
    {
        for (int step = 0; step < plan.Steps.Length; step++)
        {
            string answer = await UntilAnsweredAsync(store, plan, plan.Steps[step], output);
            output.Line(string.Create(CultureInfo.InvariantCulture, $"{LifeLog.Acknowledged} {plan.Key} {step} {answer}"));
            if (answer == nameof(ReservationStatus.Refused))
            {
                return;
            }
        }
    }

    private static async Task<string> UntilAnsweredAsync(ProbeStore store, LifePlan plan, LifeStep step, ProbeOutput output)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await DoAsync(store, plan, step);
            }
            catch (LedgerUnavailableException exception) when (tries < MostTries)
            {
                output.Line($"{LifeLog.Failed} {exception.Fault} {exception.Message}");
                await Task.Delay(BetweenTries);
            }
        }
    }

    private static async Task<string> DoAsync(ProbeStore store, LifePlan plan, LifeStep step) => step switch
    {
        LifeStep.Reserve => (await store.Ledger.TryReserveAsync(plan.Request)).Status.ToString(),
        LifeStep.Refund => (await store.Ledger.RefundAsync(plan.UserId, plan.Key, "refund", [new BudgetRefund(LifePlan.BudgetOf(plan.Seed).Key, 1)])).ToString(),
        LifeStep.Consent => (await store.Consent.AppendAsync(plan.UserId, [plan.Event])).Status.ToString(),
        _ => (await store.Ledger.SettleAsync(plan.UserId, plan.Key, SettlementOf(step))).ToString(),
    };

    private static Settlement SettlementOf(LifeStep step) => step switch
    {
        LifeStep.Begin => Settlement.Begin,
        LifeStep.Commit => Settlement.Commit,
        LifeStep.Release => Settlement.Release,
        _ => Settlement.Uncertain,
    };
}
