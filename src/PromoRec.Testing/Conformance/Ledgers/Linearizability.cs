using System.Numerics;

namespace PromoRec.Testing.Conformance.Ledgers;

/// <summary>Searches a recorded history of one customer for an order of its operations that explains every answer.</summary>
/// <remarks>
/// Wing and Gong's search with memory, in the form that follows the history in time: it keeps every situation that could be the case, which is a state and
/// the calls in progress that have taken effect already. When a call is answered, situations in which it has not taken effect are carried on by the
/// effects of calls in progress, each of which must give the answer that was recorded, until it has; those in which it cannot are dropped. When none is
/// left, nothing explains the answers. A call that gives its answer and changes nothing takes effect at once: whatever could follow still can, and the many
/// refusals that a store answers together do not multiply the situations. Sources: Wing and Gong, "Testing and verifying concurrent objects", JPDC 17, 1993; Lowe, "Testing for
/// linearizability", CCPE 29(4), 2017.
/// </remarks>
internal static class Linearizability
{
    /// <summary>Most operations that may be in progress at once.</summary>
    public const int MostAtOnce = 64;

    /// <returns>What cannot be explained; null when everything can.</returns>
    public static string? FirstUnexplained(RecordedOperation[] history)
    {
        (long Time, int Operation, bool IsAnswer)[] events =
            [.. history.SelectMany((operation, i) => new[] { (operation.Called, i, false), (operation.Answered, i, true) }).OrderBy(each => each.Item1)];
        int[] slots = new int[history.Length];
        int[] inProgress = new int[MostAtOnce];
        ulong busy = 0;
        HashSet<(ulong State, ulong Done)> possible = [(0, 0)];
        foreach ((_, int operation, bool isAnswer) in events)
        {
            if (!isAnswer)
            {
                int slot = BitOperations.TrailingZeroCount(~busy);
                slots[operation] = slot;
                inProgress[slot] = operation;
                busy |= 1UL << slot;
                continue;
            }

            HashSet<(ulong State, ulong Done)> explained = CarryOn(history, possible, inProgress, busy, slots[operation]);
            if (explained.Count == 0)
            {
                return Describe(history, possible, inProgress, busy, operation);
            }

            possible = explained;
            busy &= ~(1UL << slots[operation]);
        }

        return null;
    }

    /// <summary>Every situation in which the call in a slot has taken effect, without that call.</summary>
    private static HashSet<(ulong State, ulong Done)> CarryOn(
        RecordedOperation[] history, HashSet<(ulong State, ulong Done)> possible, int[] inProgress, ulong busy, int answered)
    {
        HashSet<(ulong State, ulong Done)> explained = [];
        HashSet<(ulong State, ulong Done)> seen = [];
        Stack<(ulong State, ulong Done)> open = new();
        foreach ((ulong state, ulong done) in possible)
        {
            Visit(state, done);
        }

        while (open.TryPop(out (ulong State, ulong Done) situation))
        {
            if ((situation.Done & (1UL << answered)) != 0)
            {
                explained.Add((situation.State, situation.Done & ~(1UL << answered)));
                continue;
            }

            for (ulong waiting = busy & ~situation.Done; waiting != 0; waiting &= waiting - 1)
            {
                int slot = BitOperations.TrailingZeroCount(waiting);
                ref readonly RecordedOperation operation = ref history[inProgress[slot]];
                ulong state = situation.State;
                if (SequentialCustomer.Apply(operation, ref state) == operation.Answer)
                {
                    Visit(state, situation.Done | (1UL << slot));
                }
            }
        }

        return explained;

        void Visit(ulong state, ulong done)
        {
            (ulong State, ulong Done) situation = (state, done | WithoutEffect(history, inProgress, busy & ~done, state));
            if (seen.Add(situation))
            {
                open.Push(situation);
            }
        }
    }

    /// <summary>The waiting calls that give their answer in a state and leave it as it is.</summary>
    private static ulong WithoutEffect(RecordedOperation[] history, int[] inProgress, ulong waiting, ulong state)
    {
        ulong without = 0;
        for (; waiting != 0; waiting &= waiting - 1)
        {
            int slot = BitOperations.TrailingZeroCount(waiting);
            ref readonly RecordedOperation operation = ref history[inProgress[slot]];
            ulong after = state;
            without |= SequentialCustomer.Apply(operation, ref after) == operation.Answer && after == state ? 1UL << slot : 0;
        }

        return without;
    }

    private static string Describe(RecordedOperation[] history, HashSet<(ulong State, ulong Done)> possible, int[] inProgress, ulong busy, int operation)
    {
        List<string> others = [];
        for (ulong slots = busy; slots != 0; slots &= slots - 1)
        {
            others.Add(history[inProgress[BitOperations.TrailingZeroCount(slots)]].Text);
        }

        return $"no order explains the answer of {history[operation].Text} among the calls in progress [{string.Join("; ", others)}]; before them the state was one of "
            + $"[{string.Join(", ", possible.Select(situation => situation.State.ToString("x", System.Globalization.CultureInfo.InvariantCulture)).Distinct().Take(8))}].";
    }
}
