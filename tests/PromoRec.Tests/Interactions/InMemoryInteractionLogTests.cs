using PromoRec.Interactions;

namespace PromoRec.Tests.Interactions;

public class InMemoryInteractionLogTests
{
    [Fact]
    public async Task What_was_appended_is_read_in_order()
    {
        var log = new InMemoryInteractionLog();
        await log.AppendAsync([Event(1), Event(2)], TestContext.Current.CancellationToken);
        await log.AppendAsync([Event(3)], TestContext.Current.CancellationToken);
        Assert.Equal([Event(1), Event(2), Event(3)], await log.ReadAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(3, log.Count);
    }

    [Fact]
    public async Task A_batch_with_a_bad_event_is_refused_wholly()
    {
        var log = new InMemoryInteractionLog();
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.AppendAsync([Event(1), Event(2) with { Value = double.NaN }]));
        Assert.Equal(0, log.Count);
    }

    [Fact]
    public async Task A_read_gives_what_was_there_when_it_began()
    {
        var log = new InMemoryInteractionLog();
        await log.AppendAsync([Event(1), Event(2)], TestContext.Current.CancellationToken);
        int seen = 0;
        await foreach (Interaction interaction in log.ReadAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal(Event(++seen), interaction);
            await log.AppendAsync([.. Enumerable.Range(10, 50).Select(number => Event(number))], TestContext.Current.CancellationToken);
        }

        Assert.Equal(2, seen);
    }

    [Fact]
    public async Task A_cancelled_call_does_nothing()
    {
        var log = new InMemoryInteractionLog();
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await log.AppendAsync([Event(1)], cancelled));
        Assert.Equal(0, log.Count);
        await log.AppendAsync([Event(1)], TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await log.ReadAsync(cancelled).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Batches_appended_at_once_all_arrive_whole()
    {
        var log = new InMemoryInteractionLog();
        await Parallel.ForAsync(0, 200, TestContext.Current.CancellationToken, async (batch, token) => await log.AppendAsync([Event(batch * 2), Event((batch * 2) + 1)], token));
        List<Interaction> read = await log.ReadAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(400, read.Distinct().Count());
        Assert.All(read.Chunk(2), pair => Assert.Equal(pair[0].Value + 1, pair[1].Value));
    }

    private static Interaction Event(int number) => new("user", (ItemId)"item", InteractionKind.Purchase, DateTimeOffset.UnixEpoch) { Value = number };
}
