using PromoRec.Push;

namespace PromoRec.Cli.Push;

/// <summary>A push that was deferred: not a promise, but a reason to decide once more.</summary>
/// <param name="Index">Which attempt it is.</param>
/// <param name="Request">What would be sent.</param>
/// <param name="Deferrals">How often it has been deferred.</param>
/// <param name="HoldsPlace">Whether a place was held for it when it was deferred.</param>
/// <param name="Digest">The digest that it waits for, of which it then comes back as a part; null when it waits on its own.</param>
internal readonly record struct Ticket(long Index, PushRequest Request, int Deferrals, bool HoldsPlace = false, string? Digest = null);
