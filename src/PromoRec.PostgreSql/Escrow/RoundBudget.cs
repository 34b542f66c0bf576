using System.Text;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Escrow;

/// <summary>A budget as one lane has read it, and what this round does with it.</summary>
/// <remarks>
/// The lane takes from its own row or, where it has none, from row 0. The sum over all rows comes from one snapshot, so it is as certain as
/// a lock when it says that the budget is used up.
/// </remarks>
internal sealed class RoundBudget(BudgetName name)
{
    private long _granted;
    private long _localTaken;
    private long _total;
    private long _takes;
    private bool _isGivenBack;
    private long _ownGivenBack;

    public BudgetName Name => name;

    public byte[] KeyBytes { get; } = Encoding.UTF8.GetBytes(name.Key);

    public byte[] PeriodBytes { get; } = Encoding.UTF8.GetBytes(name.Period);

    /// <summary>Whether its rows have been looked for.</summary>
    public bool IsRead { get; set; }

    /// <summary>Whether it has rows.</summary>
    public bool Exists { get; private set; }

    /// <summary>Whether row 0 has to be written before anything can be taken.</summary>
    public bool IsNew { get; private set; }

    /// <summary>The row that this lane takes from.</summary>
    public short Shard { get; private set; }

    public long Limit { get; private set; }

    /// <summary>Whether operations that need it wait for the next round.</summary>
    public bool IsDeferred { get; set; }

    /// <summary>Whether expired carts must be swept before it is known to be used up.</summary>
    public bool NeedsSweep { get; private set; }

    /// <summary>Units that are there, but in other rows.</summary>
    public long Wanted { get; private set; }

    /// <summary>The limit that a claim has named, where it is not the one that the rows have.</summary>
    public long? NewLimit { get; private set; }

    /// <summary>The largest amount that was claimed: it tells how long the budget will last.</summary>
    public long Unit { get; private set; } = 1;

    /// <summary>Whether the lane should have a row of its own.</summary>
    public bool WantsOwnRow { get; private set; }

    public bool NeedsRebalance => Wanted > 0 || NewLimit is not null || WantsOwnRow;

    /// <summary>Takes up one of its rows.</summary>
    /// <param name="shard">The row's number.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="granted">What may be taken from this row.</param>
    /// <param name="taken">What has been taken from it.</param>
    /// <param name="ownShard">The number of this lane's own row.</param>
    public void Load(short shard, long limit, long granted, long taken, short ownShard)
    {
        Exists = true;
        _total += taken;
        if (shard == 0)
        {
            Limit = limit;
        }

        if (shard == ownShard || (shard == 0 && Shard == 0))
        {
            Shard = shard;
            _granted = granted;
            _localTaken = taken;
        }
    }

    /// <summary>Whether a claim fits.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="held">What the customer gives back of this budget in the same step.</param>
    /// <param name="hasExpiredCarts">Whether more may be left than the rows say.</param>
    public ClaimVerdict Judge(in BudgetClaim claim, long held, bool hasExpiredCarts)
    {
        _ownGivenBack = 0;
        if (IsDeferred)
        {
            return ClaimVerdict.Unknown;
        }

        Unit = Math.Max(Unit, claim.Amount);
        if (!Exists && !IsNew)
        {
            IsNew = true;
            Limit = claim.Limit;
            _granted = claim.Limit;
        }

        if (claim.Limit != Limit)
        {
            NewLimit = claim.Limit;
            return ClaimVerdict.Unknown;
        }

        long needed = claim.Amount - held;
        if (needed > Limit - _total - _takes)
        {
            return JudgeShort(hasExpiredCarts);
        }

        if (needed > 0 && needed > _granted - _localTaken - _takes)
        {
            Wanted = needed;
            return ClaimVerdict.Unknown;
        }

        return ClaimVerdict.Fits;
    }

    /// <summary>Units taken as far as a claim that was judged is concerned: exact where it does not fit, and at least as many where it does.</summary>
    public long Taken(in BudgetClaim claim)
    {
        // What the customer's own expired carts have just given back is written in the same step as what is taken now.
        long free = _granted - _localTaken - _takes + _ownGivenBack;
        return claim.Amount <= free ? claim.Limit - free : _total + _takes - _ownGivenBack;
    }

    public void Take(long amount, int maxShards)
    {
        _takes += amount;
        WantsOwnRow |= Shard == 0 && EscrowPlan.IsLarge(Limit - _total, Unit, maxShards);
    }

    public void GiveBack(long amount)
    {
        _isGivenBack = true;
        _ownGivenBack += amount;
    }

    /// <summary>Adds what one more waiting claim needs, so that one move serves them all.</summary>
    public void WantMore(long amount)
    {
        if (Wanted > 0)
        {
            Wanted = long.MaxValue - Wanted > amount ? Wanted + amount : long.MaxValue;
        }
    }

    // What others in this round have taken is theirs only once it is written, and what they gave back only then belongs to all.
    private ClaimVerdict JudgeShort(bool hasExpiredCarts)
    {
        NeedsSweep |= hasExpiredCarts;
        return hasExpiredCarts || _takes > 0 || _isGivenBack ? ClaimVerdict.Unknown : ClaimVerdict.Short;
    }
}
