using PromoRec.Push;

namespace PromoRec.Cli.Push;

/// <summary>A push that was attempted at some time.</summary>
/// <param name="At">When.</param>
/// <param name="Request">What would have been sent.</param>
internal readonly record struct PushEvent(DateTimeOffset At, PushRequest Request);
