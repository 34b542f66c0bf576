using PromoRec.Numerics;

namespace PromoRec.Testing.Simulation;

/// <summary>How the simulated shop picks the offer of a push, with known probabilities.</summary>
/// <remarks>
/// The eligible offers are those that are valid, within budget, open to the customer's segments and not among the last eight that the
/// customer redeemed; where more than 32 are valid, a run of 32 that starts at random. Of the n eligible ones each is picked with
/// probability ε / n + (1 - ε) · softmax(0.8 affinity + 2 depth).
/// </remarks>
internal sealed class LoggingPolicy
{
    public const int MaxChoices = 32;

    private readonly ShopWorld _shop;
    private readonly List<int> _active = [];
    private readonly int[] _offers = new int[MaxChoices];
    private readonly double[] _affinities = new double[MaxChoices];
    private readonly double[] _probabilities = new double[MaxChoices];

    public LoggingPolicy(ShopWorld shop) => _shop = shop;

    public int Count { get; private set; }

    public int Offer(int choice) => _offers[choice];

    public double Affinity(int choice) => _affinities[choice];

    public double Probability(int choice) => _probabilities[choice];

    public void BeginHour(long hour)
    {
        // Offers begin and end with a day, and are not pushed in their last hour.
        if (hour % ShopClock.HoursPerDay is 0 or (ShopClock.HoursPerDay - 1))
        {
            _shop.Offers.ListActive(hour, _active);
        }
    }

    /// <summary>Lists the offers that may be pushed, with their probabilities.</summary>
    public void List(ref SeededRandom random, int customer, PushState state)
    {
        Count = 0;
        int start = _active.Count > MaxChoices ? random.NextInt32(_active.Count) : 0;
        double best = double.MinValue;
        ref readonly CustomerTraits traits = ref _shop.Customers.Traits(customer);
        for (int i = 0; i < Math.Min(_active.Count, MaxChoices); i++)
        {
            OfferPlan offer = _shop.Offers[_active[(start + i) % _active.Count]];
            if ((offer.Segment is null || traits.IsIn(offer.Segment)) && state.Allows(customer, offer.Number))
            {
                double affinity = _shop.Truth.OfferAffinity(customer, offer);
                double score = (0.8 * affinity) + (2 * offer.Depth);
                best = Math.Max(best, score);
                (_offers[Count], _affinities[Count], _probabilities[Count]) = (offer.Number, affinity, score);
                Count++;
            }
        }

        Span<double> probabilities = _probabilities.AsSpan(0, Count);
        foreach (ref double probability in probabilities)
        {
            probability = PortableMath.Exp(probability - best);
        }

        Weighted.Normalize(probabilities);
        double exploration = _shop.Options.Exploration;
        foreach (ref double probability in probabilities)
        {
            probability = (exploration / Count) + ((1 - exploration) * probability);
        }
    }

    /// <summary>The listed offers for a record.</summary>
    public OfferChoice[] Choices()
    {
        var choices = new OfferChoice[Count];
        for (int i = 0; i < Count; i++)
        {
            choices[i] = new OfferChoice(_offers[i], _probabilities[i]);
        }

        return choices;
    }

    /// <summary>Picks one of the listed offers.</summary>
    public int Pick(ref SeededRandom random) => Weighted.Pick(_probabilities.AsSpan(0, Count), random.NextDouble());
}
