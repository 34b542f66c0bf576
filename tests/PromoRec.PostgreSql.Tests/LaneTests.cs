using PromoRec.PostgreSql.Lanes;

namespace PromoRec.PostgreSql.Tests;

public class LaneTests
{
    [Fact]
    public async Task What_comes_while_others_are_served_goes_into_the_next_batch_in_order()
    {
        List<int> batches = [];
        List<int> served = [];
        TaskCompletionSource gate = new();
        Lane<Numbered> lane = new(3, async batch =>
        {
            await gate.Task;
            batches.Add(batch.Count);
            served.AddRange(batch.Select(each => each.Number));
        }, new Deadline(TimeSpan.FromMinutes(1)));
        lane.Enter(new Numbered(0));
        await Task.Delay(50);
        lane.Enter([.. Enumerable.Range(1, 7).Select(number => new Numbered(number))]);

        gate.SetResult();
        await lane.CloseAsync();

        Assert.Equal([1, 3, 3, 1], batches);
        Assert.Equal(Enumerable.Range(0, 8), served);
        Assert.Equal(LedgerFault.Closed, Assert.Throws<LedgerUnavailableException>(() => lane.Enter(new Numbered(9))).Fault);
    }

    [Fact]
    public async Task A_batch_that_fails_fails_its_operations_and_no_others()
    {
        Lane<Numbered> lane = new(1, batch => batch[0].Number == 1 ? throw new InvalidOperationException("no") : Task.CompletedTask, new Deadline(TimeSpan.FromMinutes(1)));
        Numbered[] all = [new(0), new(1), new(2)];
        lane.Enter(all);
        await lane.CloseAsync();

        Assert.Equal([null, "no", null], all.Select(each => each.Failure));
    }

    [Fact]
    public async Task Whoever_has_suppressed_the_flow_of_the_context_may_enter_as_well()
    {
        Lane<Numbered> lane = new(1, _ => Task.CompletedTask, new Deadline(TimeSpan.FromMinutes(1)));
        using (ExecutionContext.SuppressFlow())
        {
            lane.Enter(new Numbered(0));
            Assert.True(ExecutionContext.IsFlowSuppressed());
        }

        lane.Enter(new Numbered(1));
        Assert.False(ExecutionContext.IsFlowSuppressed());
        await lane.CloseAsync();
    }

    private sealed class Numbered(int number) : Operation(number)
    {
        public int Number => number;

        public string? Failure { get; private set; }

        public override void Fail(Exception exception) => Failure = exception.Message;
    }
}
