using PromoRec.Push;
using PromoRec.Push.Ledger;
using PromoRec.Push.MinimumGap;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push.MinimumGap;

public sealed class MinimumGapPolicyTests
{
    private static readonly TimeSpan Gap = TimeSpan.FromHours(2);

    [Fact]
    public void The_next_push_waits_for_the_whole_gap()
    {
        MinimumGapPolicy policy = new(new MinimumGapOptions { Gap = Gap });

        Assert.Equal(
            PushVerdict.Drop(PushReason.MinimumGap, Noon + Gap), policy.Evaluate(Context(snapshot: At(Noon + Gap - TimeSpan.FromTicks(1), Sent(Request, Noon)))));
        Assert.Equal(PushVerdictKind.Allow, policy.Evaluate(Context(snapshot: At(Noon + Gap, Sent(Request, Noon)))).Kind);
    }

    [Fact]
    public void A_gap_is_kept_to_what_is_held_for_later_as_well()
    {
        MinimumGapPolicy policy = new(new MinimumGapOptions { Gap = Gap });

        Assert.Equal(PushVerdictKind.Drop, policy.Evaluate(Context(snapshot: At(Noon, Held(Request, Noon + Gap)))).Kind);
        Assert.Equal(PushVerdictKind.Allow, policy.Evaluate(Context(snapshot: At(Noon, Held(Request, Noon + Gap + TimeToLive)))).Kind);
    }

    [Fact]
    public void Each_channel_can_have_its_own_gap()
    {
        MinimumGapPolicy policy = new(new MinimumGapOptions { Gap = Gap, Scope = PushScope.Channel });
        PushSnapshot snapshot = At(Noon, Sent(Request, Noon));

        Assert.Equal(PushVerdictKind.Drop, policy.Evaluate(Context(snapshot: snapshot)).Kind);
        Assert.Equal(PushVerdictKind.Allow, policy.Evaluate(Context(Request with { Channel = ChannelId.Sms }, snapshot)).Kind);
    }

    [Fact]
    public void What_is_not_held_by_caps_does_not_wait()
    {
        MinimumGapPolicy policy = new(new MinimumGapOptions { Gap = Gap });
        PushSnapshot snapshot = At(Noon, Sent(Request, Noon));

        foreach (PushRequest request in (PushRequest[])[Request with { Class = MessageClass.Transactional }, Request with { Channel = ChannelId.InApp }, Request with { ObeyCaps = false }])
        {
            PushClaims claims = new();
            policy.AddClaims(Context(request, snapshot), claims);
            Assert.Equal(PushVerdict.Allow, policy.Evaluate(Context(request, snapshot)));
            Assert.Empty(claims.Caps);
        }
    }

    [Fact]
    public void In_the_ledger_a_gap_is_a_cap_of_one()
    {
        PushClaims claims = new();
        new MinimumGapPolicy(new MinimumGapOptions { Gap = Gap }).AddClaims(Context(), claims);

        CapClaim cap = Assert.Single(claims.Caps);
        Assert.Equal((1, LedgerWindow.Rolling(Gap)), (cap.Limit, cap.Window));
        Assert.Equal([PushLabels.Counted], cap.Scope);
    }

    [Fact]
    public void Its_name_says_what_it_is() => Assert.Equal("gap:channel:2h", new MinimumGapPolicy(new MinimumGapOptions { Gap = Gap, Scope = PushScope.Channel }).Name);
}
