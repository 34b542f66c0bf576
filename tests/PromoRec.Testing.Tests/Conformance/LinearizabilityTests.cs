using FsCheck.Fluent;
using PromoRec.Testing.Conformance.Ledgers;
using PromoRec.Tests.Properties;

namespace PromoRec.Testing.Tests.Conformance;

public class LinearizabilityTests
{
    [Fact]
    public void Calls_one_after_another_are_explained_by_their_order_only()
    {
        RecordedOperation reserve = Reserve(0, called: 1, answered: 2, granted: true);
        RecordedOperation read = new(OperationKind.Read, 0, 0, 0, 3, 4, 1);

        Assert.Null(Linearizability.FirstUnexplained([reserve, read]));
        Assert.NotNull(Linearizability.FirstUnexplained([reserve, read with { Answer = 0 }]));
    }

    [Fact]
    public void Calls_that_overlap_may_take_effect_in_either_order()
    {
        RecordedOperation reserve = Reserve(0, called: 1, answered: 4, granted: true);
        RecordedOperation read = new(OperationKind.Read, 0, 0, 0, 2, 3, 1);

        Assert.Null(Linearizability.FirstUnexplained([reserve, read]));
        Assert.Null(Linearizability.FirstUnexplained([reserve, read with { Answer = 0 }]));
    }

    [Fact]
    public void A_value_that_was_read_cannot_be_unread()
    {
        RecordedOperation reserve = Reserve(0, called: 1, answered: 10, granted: true);
        RecordedOperation first = new(OperationKind.Read, 0, 0, 0, 2, 3, 1);
        RecordedOperation second = new(OperationKind.Read, 0, 0, 0, 4, 5, 0);

        string? fault = Linearizability.FirstUnexplained([reserve, first, second]);

        Assert.Contains("no order explains the answer of Read() = 0 among the calls in progress", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void One_place_too_many_is_found_though_all_calls_overlap()
    {
        RecordedOperation[] granted = [.. Enumerable.Range(0, SequentialCustomer.ContentLimit + 1).Select(i => Reserve(i, called: i, answered: 100 + i, granted: true))];

        Assert.NotNull(Linearizability.FirstUnexplained(granted));
        Assert.Null(Linearizability.FirstUnexplained([.. granted.SkipLast(1), Reserve(SequentialCustomer.ContentLimit, called: 50, answered: 60, granted: false) with { Called = 150, Answered = 151 }]));
    }

    [Fact]
    public void It_finds_what_trying_every_order_finds() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed =>
        {
            RecordedOperation[] history = RandomHistory(new Random(seed));
            return Linearizability.FirstUnexplained(history) is null == HasOrder(history, 0, 0);
        }).Holds(3000);

    [Fact]
    public void Random_histories_are_of_both_kinds()
    {
        int explained = Enumerable.Range(0, 400).Count(seed => HasOrder(RandomHistory(new Random(seed)), 0, 0));

        Assert.InRange(explained, 100, 360);
    }

    private static RecordedOperation Reserve(int key, long called, long answered, bool granted) => new(
        OperationKind.Reserve, (byte)key, 0, 0, called, answered,
        granted ? SequentialCustomer.Answer(Push.Ledger.ReservationStatus.Granted, Push.Ledger.ReservationState.Reserved) : SequentialCustomer.Answer(Push.Ledger.ReservationStatus.Refused, refusals: 2));

    /// <summary>Up to seven operations that overlap at random, with the answers of some order that may not fit the times, and sometimes one answer of another state.</summary>
    private static RecordedOperation[] RandomHistory(Random random)
    {
        int count = random.Next(2, 8);
        int[] times = [.. Enumerable.Range(0, count * 2).OrderBy(_ => random.Next())];
        RecordedOperation[] history = new RecordedOperation[count];
        ulong state = 0;
        ulong strange = random.NextInt64() is var bits && random.Next(3) == 0 ? SequentialCustomer.With(0, (int)(bits % 3), Push.Ledger.ReservationState.Begun, 0) : 0;
        for (int i = 0; i < count; i++)
        {
            // Mostly one behind the other, so that the answers often fit.
            long called = (i * 3) + random.Next(6);
            RecordedOperation operation = new((OperationKind)random.Next(7), (byte)random.Next(3), (byte)random.Next(2), (byte)random.Next(2), called, called + 1 + random.Next(8), 0);
            ulong before = i == count - 1 && strange != 0 ? strange : state;
            ulong answer = SequentialCustomer.Apply(operation, ref before);
            state = before;
            history[i] = operation with { Answer = answer, Called = (operation.Called * 100) + times[i], Answered = (operation.Answered * 100) + times[i] };
        }

        return [.. history.OrderBy(_ => random.Next())];
    }

    private static bool HasOrder(RecordedOperation[] history, ulong state, int done)
    {
        if (done == (1 << history.Length) - 1)
        {
            return true;
        }

        for (int i = 0; i < history.Length; i++)
        {
            bool isNext = (done & (1 << i)) == 0 && !history.Index().Any(other => (done & (1 << other.Index)) == 0 && other.Item.Answered < history[i].Called);
            ulong next = state;
            if (isNext && SequentialCustomer.Apply(history[i], ref next) == history[i].Answer && HasOrder(history, next, done | (1 << i)))
            {
                return true;
            }
        }

        return false;
    }
}
