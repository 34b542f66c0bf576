using PromoRec.Interactions;

namespace PromoRec.Profiles;

/// <summary>Works out a profile from what is kept: a pure function. Every sum runs in the order in which events are kept.</summary>
internal sealed class ProfileReader
{
    private readonly ProfileRules _rules;
    private readonly CatalogIndex _catalog;
    private readonly DateTimeOffset _asOf;
    private readonly TimeZoneInfo _zone;
    private readonly PurchaseSums _purchases;
    private readonly InterestSums _categories = new();
    private readonly InterestSums _brands = new();
    private readonly HourCounts _hours = new();
    private readonly SortedDictionary<string, double> _channels = new(StringComparer.Ordinal);
    private double _positions;
    private double _priced;
    private int _events;

    private ProfileReader(ProfileRules rules, CatalogIndex catalog, UserId userId, DateTimeOffset asOf)
    {
        _rules = rules;
        _catalog = catalog;
        _asOf = asOf;
        _zone = rules.ZoneOf(userId);
        _purchases = new PurchaseSums(rules, asOf);
    }

    public static CustomerProfile Read(ProfileContents contents, ProfileRules rules, CatalogIndex catalog, DateTimeOffset asOf)
    {
        var reader = new ProfileReader(rules, catalog, contents.UserId, asOf);
        foreach (ref readonly Interaction interaction in contents.Events.AsSpan())
        {
            if (interaction.At <= asOf)
            {
                reader.Add(interaction);
            }
        }

        return reader.ToProfile(contents);
    }

    private void Add(in Interaction interaction)
    {
        _events++;
        CatalogFacts? facts = _catalog.Find(interaction.Item, interaction.Offer);
        double weight = _rules.WeightOf(interaction).Weight;
        double decay = _rules.DecayOf(interaction, _asOf);
        double interest = weight * Math.Clamp(interaction.Value, -ProfileRules.MaxValue, ProfileRules.MaxValue) * decay;
        if (facts is not null)
        {
            _categories.Add(facts.Categories, interest);
            _brands.Add(facts.Brands, interest);
        }

        if (HistoryOrder.IsConsumption(interaction))
        {
            _purchases.Add(interaction, facts);
        }

        if (interaction.Kind == InteractionKind.Purchase && interaction.Value >= 0 && facts?.PricePosition is { } position)
        {
            _positions += position * decay;
            _priced += decay;
        }

        // How often and where, not how much: ten pieces in one purchase are one visit.
        if (weight > 0)
        {
            AddHabit(interaction, weight * decay);
        }
    }

    private void AddHabit(in Interaction interaction, double weight)
    {
        if (interaction.At != default)
        {
            _hours.Add(TimeZoneInfo.ConvertTime(interaction.At, _zone).Hour, weight);
        }

        if (interaction.Details is { Channel.IsEmpty: false } details)
        {
            string channel = details.Channel.ToString();
            _channels[channel] = _channels.GetValueOrDefault(channel) + weight;
        }
    }

    private CustomerProfile ToProfile(ProfileContents contents) => new()
    {
        UserId = contents.UserId,
        AsOf = _asOf,
        Events = _events,
        Tags = Array.AsReadOnly(Array.FindAll(contents.Tags, tag => tag.At <= _asOf)),
        Categories = _categories.ToList(),
        Brands = _brands.ToList(),
        Rfm = _purchases.ToRfm(),
        Price = new PriceAffinity((_positions + (_rules.Options.PricePriorPurchases / 2)) / (_priced + _rules.Options.PricePriorPurchases), _priced),
        Discount = _purchases.ToDiscountAffinity(),
        Hours = _hours.ToShares(_rules.Options.HourPriorEvents),
        Channels = Array.AsReadOnly(ChannelShares()),
        Segment = contents.Segment,
        IsBuyer = _purchases.IsBuyer,
    };

    private ChannelShare[] ChannelShares()
    {
        double total = _channels.Values.Sum();

        // Events older than a thousand half-lives leave nothing, of which there are no shares.
        return total == 0 ? [] :
        [
            .. _channels.Where(channel => channel.Value > 0)
                .Select(channel => new ChannelShare(new ChannelId(channel.Key), channel.Value / total))
                .OrderByDescending(channel => channel.Share),
        ];
    }
}
