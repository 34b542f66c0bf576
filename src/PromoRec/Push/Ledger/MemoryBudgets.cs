using System.Numerics;
using System.Runtime.InteropServices;

namespace PromoRec.Push.Ledger;

/// <summary>The budgets of a ledger in memory, in 64 parts with a lock each.</summary>
/// <remarks>
/// An operation holds the parts of all budgets that it may touch, entered in one order, from before it looks until after it took. Nothing is ever taken for
/// a moment and given back, so nobody is refused for what is not taken.
/// </remarks>
internal sealed class MemoryBudgets : IBudgetBook
{
    private const int PartCount = 64;
    private readonly Part[] _parts = [.. Enumerable.Range(0, PartCount).Select(_ => new Part())];

    /// <summary>The parts that a request may take from.</summary>
    public static ulong PartsOf(ReservationRequest request)
    {
        ulong parts = 0;
        foreach (ref readonly BudgetClaim claim in request.Budgets.AsSpan())
        {
            parts |= 1UL << IndexOf(claim.Key, claim.Period);
        }

        return parts;
    }

    /// <summary>The parts that an account holds something of, which it may give back.</summary>
    public static ulong PartsOf(CustomerAccount account)
    {
        ulong parts = 0;
        foreach (LedgerEntry entry in account.Entries)
        {
            foreach (ref readonly BudgetHold hold in entry.Budgets.AsSpan())
            {
                parts |= 1UL << IndexOf(hold.Key, hold.Period);
            }
        }

        return parts;
    }

    public static ulong PartsOf(IReadOnlyList<BudgetName> names)
    {
        ulong parts = 0;
        foreach (BudgetName name in names)
        {
            parts |= 1UL << IndexOf(name.Key, name.Period);
        }

        return parts;
    }

    public void Enter(ulong parts)
    {
        for (; parts != 0; parts &= parts - 1)
        {
            _parts[BitOperations.TrailingZeroCount(parts)].Gate.Enter();
        }
    }

    public void Exit(ulong parts)
    {
        for (; parts != 0; parts &= parts - 1)
        {
            _parts[BitOperations.TrailingZeroCount(parts)].Gate.Exit();
        }
    }

    public long Taken(in BudgetClaim claim) => Taken(claim.Key, claim.Period);

    public long Taken(string key, string period) => _parts[IndexOf(key, period)].Taken.GetValueOrDefault(new BudgetName(key, period));

    public void Take(in BudgetClaim claim)
    {
        // What takes nothing leaves nothing.
        if (claim.Amount > 0)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_parts[IndexOf(claim.Key, claim.Period)].Taken, new BudgetName(claim.Key, claim.Period), out _) += claim.Amount;
        }
    }

    public void GiveBack(string key, string period, long amount)
    {
        Dictionary<BudgetName, long> taken = _parts[IndexOf(key, period)].Taken;
        BudgetName name = new(key, period);
        long left = taken.GetValueOrDefault(name) - amount;
        if (left > 0)
        {
            taken[name] = left;
        }
        else
        {
            taken.Remove(name);
        }
    }

    private static int IndexOf(string key, string period) => HashCode.Combine(key, period) & (PartCount - 1);

    private sealed class Part
    {
        public Lock Gate { get; } = new();

        public Dictionary<BudgetName, long> Taken { get; } = [];
    }
}
