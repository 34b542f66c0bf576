using PromoRec.Push.Ledger;

namespace PromoRec.Push.Engine;

/// <summary>What the engine refuses before it asks any policy.</summary>
internal static class PushRequestCheck
{
    private const int MaxKeys = 32;
    private const int MaxTopics = 16;

    public static void ThrowIfInvalid(PushRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(!request.UserId.IsEmpty, "A push must name a customer.");
        Check(request.Offer is { Id.IsEmpty: false }, "A push must name an offer.");
        Check(!request.Channel.IsEmpty, "A push must name a channel.");
        Check(request is { Campaign: not null, Category: not null, Occurrence: not null }, "Texts of a push are empty, not null, where there is nothing to say.");
        Check(request.Topic.AsSpan().Count('/') < MaxTopics, "A topic has at most 16 parts.");
        Check(request.Class is MessageClass.Promotional or MessageClass.Transactional, "The class of a push must be one of the two there are.");
        Check(!request.Keys.IsDefault && request.Keys.Length <= MaxKeys, "The keys of a push must be a list of at most 32, not the default value.");
        Check(
            request.Key is null || (!string.IsNullOrWhiteSpace(request.Key) && request.Key.Length <= ReservationRequest.MaxKeyLength),
            "The key of a push has 1 to 200 characters that are not all blank, or is null.");
        ThrowIfInvalid(request.Keys.AsSpan());
    }

    public static void ThrowIfInvalid(PushRequest request, PushSnapshot snapshot)
    {
        ThrowIfInvalid(request);
        ArgumentNullException.ThrowIfNull(snapshot);
        Check(request.UserId == snapshot.Customer.UserId, "The snapshot must be of the customer to whom the push would go.");
    }

    public static void ThrowIfNotADigest(string digest, IReadOnlyList<PushRequest> requests)
    {
        Check(!string.IsNullOrWhiteSpace(digest) && digest.Length <= ReservationRequest.MaxKeyLength, "The name of a digest has 1 to 200 characters that are not all blank.");
        Check(requests.Count > 0, "A digest must have parts.");
        foreach (PushRequest request in requests)
        {
            ThrowIfInvalid(request);
            Check(request.UserId == requests[0].UserId && request.Channel == requests[0].Channel, "The parts of a digest must go to one customer over one channel.");
            Check(request is { IsOutboundPromotion: true, IsFollowUp: false }, "The parts of a digest must be promotions that go out to the customer, and no further steps of another dispatch.");
        }
    }

    private static void ThrowIfInvalid(ReadOnlySpan<KeyValuePair<string, string>> keys)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            Check(!string.IsNullOrEmpty(keys[i].Key) && keys[i].Value is not null, "Each key of a push must have a name and a value.");
            for (int other = 0; other < i; other++)
            {
                // Caps count by one value of a name: a second one would be a way around them.
                Check(!string.Equals(keys[other].Key, keys[i].Key, StringComparison.Ordinal), "Two keys of a push must not have the same name.");
            }
        }
    }

    private static void Check(bool holds, string fault)
    {
        if (!holds)
        {
            throw new ArgumentException(fault);
        }
    }
}
