namespace PromoRec.Push;

/// <summary>A policy that may choose an earlier instant for a push whose own planned instant it would hold back.</summary>
internal interface IPlannedSendPolicy : IPushPolicy
{
    /// <summary>
    /// The instant to begin with instead of the request's own <see cref="PushRequest.PlannedAt"/>, which is <see cref="PushContext.PlannedAt"/> here; not before now.
    /// Asked once, before any policy is evaluated; from then on instants only move forward.
    /// </summary>
    DateTimeOffset Place(in PushContext context);
}
