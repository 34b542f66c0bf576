using PromoRec.Push;

namespace PromoRec.Tests.Push.Cases;

/// <summary>A policy of a random case, which can be made again with another number in its options.</summary>
/// <param name="Make">Makes the policy; with a number in the place of the one that its flips name, or with its own.</param>
internal sealed record PushRule(Func<decimal?, IPushPolicy> Make)
{
    public IPushPolicy Policy { get; } = Make(null);
}
