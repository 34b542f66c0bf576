using PromoRec.Push;

namespace PromoRec.Cli.Push;

/// <summary>A push that was deferred: not a promise, but a reason to decide once more.</summary>
/// <param name="Index">Which attempt it is.</param>
/// <param name="Request">What would be sent.</param>
/// <param name="Deferrals">How often it has been deferred.</param>
internal readonly record struct Ticket(long Index, PushRequest Request, int Deferrals);
