using PromoRec.Push;
using PromoRec.Push.MinimumScore;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push.MinimumScore;

public sealed class MinimumScorePolicyTests
{
    [Theory]
    [InlineData(0.25f, true)]
    [InlineData(0.2499999f, false)]
    [InlineData(float.NaN, false)]
    [InlineData(float.NegativeInfinity, false)]
    [InlineData(float.PositiveInfinity, true)]
    public void A_score_has_to_reach_the_minimum(float score, bool isEnough) => Assert.Equal(
        isEnough ? PushVerdict.Allow : PushVerdict.Drop(PushReason.ScoreTooLow),
        new MinimumScorePolicy(new MinimumScoreOptions { Minimum = 0.25f }).Evaluate(Context(Request with { Score = score })));

    [Fact]
    public void What_a_customer_needs_and_what_it_does_not_apply_to_needs_no_score()
    {
        MinimumScoreOptions options = new() { Minimum = 1 };
        options.AppliesTo.Channels.Add(ChannelId.Sms);

        Assert.Equal(PushVerdict.Allow, new MinimumScorePolicy(options).Evaluate(Context()));
        Assert.Equal(PushVerdictKind.Drop, new MinimumScorePolicy(options).Evaluate(Context(Request with { Channel = ChannelId.Sms })).Kind);
        Assert.Equal(PushVerdict.Allow, new MinimumScorePolicy(new MinimumScoreOptions { Minimum = 1 }).Evaluate(Context(Request with { Class = MessageClass.Transactional })));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    [InlineData(1e-30f)]
    [InlineData(-7.7777777f)]
    [InlineData(1e20f)]
    public void The_score_that_a_trace_names_is_the_smallest_that_is_enough_as_far_as_a_decimal_can_say(float minimum)
    {
        PushEntry refused = Explain(minimum, float.NegativeInfinity);
        PushEntry allowed = Explain(minimum, float.PositiveInfinity);

        Assert.True((float)refused.Flip >= minimum);
        Assert.True((float)allowed.Flip < minimum);
        Assert.True((float)refused.Flip - (float)allowed.Flip <= Math.Max(MathF.BitIncrement(minimum) - MathF.BitDecrement(minimum), 2e-28f));
    }

    private static PushEntry Explain(float minimum, float score)
    {
        PushTraceEntry entry = Decider(new MinimumScorePolicy(new MinimumScoreOptions { Minimum = minimum })).Explain(Request with { Score = score }, Snapshot).Trace!.Entries[0];
        Assert.Equal(PushInputs.Score, entry.Verdict.Flip.Input);
        return new PushEntry(entry.Verdict.Flip.Value);
    }

    private sealed record PushEntry(decimal Flip);
}
