using System.Collections.Concurrent;

namespace PromoRec.Push.Offers;

/// <summary>Limits of offers in a table. Any number of threads may read and change it.</summary>
public sealed class InMemoryOfferRules : IOfferRules
{
    private readonly ConcurrentDictionary<OfferId, OfferRules> _rules = [];

    /// <summary>Sets the limits of an offer in the stead of those before.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public void Set(OfferId offer, OfferRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _rules[offer.IsEmpty ? throw new ArgumentException("An empty offer id names no offer.", nameof(offer)) : offer] = rules;
    }

    /// <summary>Takes all limits away that an offer has beyond its own.</summary>
    /// <returns>Whether it had any.</returns>
    public bool Remove(OfferId offer) => _rules.TryRemove(offer, out _);

    /// <inheritdoc/>
    public OfferRules? Find(OfferId offer) => _rules.GetValueOrDefault(offer);
}
