using System.Collections.Immutable;

namespace PromoRec.Push;

/// <summary>What every policy said in a decision, also those after the one that decided. Immutable; holds no customer's id.</summary>
public sealed class PushTrace
{
    internal PushTrace(DateTimeOffset now, ImmutableArray<PushTraceEntry> entries)
    {
        Now = now;
        Entries = entries;
    }

    /// <summary>When it was decided, by the ledger's clock.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>One entry for each policy, in the order in which they are asked. A policy that deferred and was content afterwards stands with its deferral.</summary>
    public ImmutableArray<PushTraceEntry> Entries { get; }
}
