using PromoRec.PostgreSql.Accounts;
using PromoRec.PostgreSql.Lanes;

namespace PromoRec.PostgreSql.Tests;

public class AccountRoundTests
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(100);
    private readonly Deadline _deadline = new(TimeSpan.FromMinutes(1));

    [Fact]
    public async Task A_request_that_cannot_be_decided_fails_alone_and_its_customer_is_asked_again_without_it()
    {
        AccountCall<int> before = Call(1, () => 1);
        AccountCall<int> bad = Call(1, () => throw new InvalidOperationException("no"));
        AccountCall<int> after = Call(1, () => 2);
        AccountCall<int> other = Call(2, () => 3);
        AccountRound round = new([before, bad, after, other], maxShards: 1);

        round.Begin(_deadline);
        round.Decide(Retention);
        Assert.All(round.Slots, slot => Assert.Equal(slot.UserId == 1, slot.IsSpoiled));
        round.Answer();

        Assert.True(bad.Task.IsFaulted);
        Assert.True(other.Task.IsCompletedSuccessfully);
        Assert.False(before.Task.IsCompleted || after.Task.IsCompleted);
        round.Begin(_deadline);
        round.Decide(Retention);
        round.Answer();
        Assert.Equal((1, 2), (await before.Task, await after.Task));
        round.Begin(_deadline);
        Assert.False(round.HasPending);
    }

    [Fact]
    public async Task Whoever_was_overtaken_is_asked_again()
    {
        int asked = 0;
        AccountCall<int> call = Call(1, () => ++asked);
        AccountRound round = new([call], maxShards: 1);
        round.Begin(_deadline);
        round.Decide(Retention);
        round.Slots[0].IsOvertaken = true;
        round.Answer();
        Assert.False(call.Task.IsCompleted);

        round.Begin(_deadline);
        round.Decide(Retention);
        round.Answer();

        Assert.Equal(2, await call.Task);
    }

    private AccountCall<int> Call(UserId user, Func<int> decide) => new(user, (_, _, _) => decide()) { EnteredAt = _deadline.Now };
}
