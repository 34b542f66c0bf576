namespace PromoRec.Sqlite.Work;

/// <summary>A budget that a batch has loaded.</summary>
internal sealed class BudgetSlot(long stored)
{
    /// <summary>What the row holds.</summary>
    public long Stored { get; } = stored;

    /// <summary>What is taken now.</summary>
    public long Taken { get; set; } = stored;
}
