using PromoRec.Push;

namespace PromoRec.Cli.Push;

/// <summary>What became of an attempt in the end.</summary>
/// <param name="IsSent">Whether it was sent.</param>
/// <param name="Reason">Why not.</param>
internal readonly record struct ReplayOutcome(bool IsSent, PushReason Reason);
