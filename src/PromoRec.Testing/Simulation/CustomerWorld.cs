using PromoRec.Numerics;

namespace PromoRec.Testing.Simulation;

/// <summary>The customers, in arrays: who they are, never what they have done.</summary>
internal sealed class CustomerWorld
{
    public const int Favourites = 6;
    public const int Channels = 3;
    public const long Never = long.MaxValue;

    private const double JoinsLaterShare = 0.2;

    private readonly ShopWorld _shop;
    private readonly float[] _categoryCumulative;
    private readonly float[] _tierBoost;
    private readonly int[] _favourites;
    private readonly CustomerTraits[] _traits;

    public CustomerWorld(ShopWorld shop)
    {
        _shop = shop;
        Count = shop.Options.Customers;
        _categoryCumulative = new float[Count * shop.Items.Categories];
        _tierBoost = new float[Count * ItemWorld.Tiers];
        _favourites = new int[Count * Favourites];
        _traits = new CustomerTraits[Count];
        for (int customer = 0; customer < Count; customer++)
        {
            Draw(customer);
        }
    }

    public int Count { get; }

    public ref readonly CustomerTraits Traits(int customer) => ref _traits[customer];

    public ReadOnlySpan<int> FavouritesOf(int customer) => _favourites.AsSpan(customer * Favourites, Favourites);

    /// <summary>Shares of categories among the views that do not go to favourites, added up.</summary>
    public ReadOnlySpan<float> CategoryCumulative(int customer) =>
        _categoryCumulative.AsSpan(customer * _shop.Items.Categories, _shop.Items.Categories);

    public double CategoryShare(int customer, int category)
    {
        ReadOnlySpan<float> cumulative = CategoryCumulative(customer);
        return category == 0 ? cumulative[0] : (double)cumulative[category] - cumulative[category - 1];
    }

    /// <summary>How many times more than the shop a customer favours each tier, up to a factor that a category's other tiers decide.</summary>
    public ReadOnlySpan<float> TierBoost(int customer) => _tierBoost.AsSpan(customer * ItemWorld.Tiers, ItemWorld.Tiers);

    /// <summary>Popularity of a category's items with the customer's tier boosts: what tier shares are divided by.</summary>
    public double BoostedMass(int customer, int category)
    {
        ReadOnlySpan<float> boost = TierBoost(customer);
        ReadOnlySpan<double> mass = _shop.Items.CellMass.AsSpan(category * ItemWorld.Tiers, ItemWorld.Tiers);
        return (mass[0] * boost[0]) + (mass[1] * boost[1]) + (mass[2] * boost[2]) + (mass[3] * boost[3]);
    }

    /// <summary>An item as the customer's taste has it, favourites aside.</summary>
    public int DrawByTaste(ref SeededRandom random, int customer)
    {
        float position = random.NextSingle();
        ReadOnlySpan<float> cumulative = CategoryCumulative(customer);
        int category = 0;
        while (position >= cumulative[category])
        {
            category++;
        }

        return DrawInCategory(ref random, customer, category);
    }

    /// <summary>An item of a category as the customer's taste has it.</summary>
    public int DrawInCategory(ref SeededRandom random, int customer, int category)
    {
        ReadOnlySpan<float> boost = TierBoost(customer);
        int cell = category * ItemWorld.Tiers;
        double left = random.NextDouble() * BoostedMass(customer, category);
        int picked = cell;
        for (int tier = 0; tier < ItemWorld.Tiers; tier++)
        {
            double mass = _shop.Items.CellMass[cell + tier] * boost[tier];
            if (mass > 0)
            {
                picked = cell + tier;
                left -= mass;
                if (left < 0)
                {
                    break;
                }
            }
        }

        return _shop.Items.DrawInCell(ref random, picked);
    }

    /// <summary>What a customer looks at next.</summary>
    public int DrawView(ref SeededRandom random, int customer) =>
        random.NextSingle() < _traits[customer].Loyalty
            ? _favourites[(customer * Favourites) + random.NextInt32(Favourites)]
            : DrawByTaste(ref random, customer);

    /// <summary>The taste vector, which is the first thing that a customer's stream draws.</summary>
    public double[] Taste(int customer)
    {
        SeededRandom random = RandomStream.Customer(_shop.Options.Seed, customer);
        var taste = new double[ItemWorld.TasteLength];
        DrawTaste(ref random, taste);
        return taste;
    }

    /// <summary>Sets how often customers come, once it is known how many events a visit makes.</summary>
    public void SetRates(double sessionsPerWeight, double pushesPerDay)
    {
        foreach (ref CustomerTraits traits in _traits.AsSpan())
        {
            traits.SessionsPerDay = traits.Activity * sessionsPerWeight;
        }

        PushesPerDay = pushesPerDay;
    }

    /// <summary>How often the shop thinks about pushing something to a customer who agreed.</summary>
    public double PushesPerDay { get; private set; }

    /// <summary>Days between joining and leaving, or the nominal end.</summary>
    public double ActiveDays(int customer)
    {
        ref readonly CustomerTraits traits = ref _traits[customer];
        return (Math.Min(traits.ChurnsAt, _shop.Clock.Hours * ShopClock.HourMs) - traits.JoinsAt) / (double)ShopClock.DayMs;
    }

    private void Draw(int customer)
    {
        SimulatorOptions options = _shop.Options;
        ItemWorld items = _shop.Items;
        SeededRandom random = RandomStream.Customer(options.Seed, customer);

        Span<double> taste = stackalloc double[ItemWorld.TasteLength];
        DrawTaste(ref random, taste);
        Span<float> cumulative = _categoryCumulative.AsSpan(customer * items.Categories, items.Categories);
        FillCategories(taste, options.TasteStrength, cumulative);

        ref CustomerTraits traits = ref _traits[customer];
        traits.PriceSensitivity = (float)PortableMath.Logistic(1.2 * random.NextGaussian());
        DrawTiers(ref random, customer, traits.PriceSensitivity);
        traits.Loyalty = (float)(options.Loyalty * (0.5 + random.NextDouble()));
        traits.Loyalty = Math.Min(traits.Loyalty, 0.95f);
        double activity = random.NextGaussian();
        traits.Activity = (float)PortableMath.Exp(options.ActivitySpread * activity);
        traits.Responsiveness = (float)(1.2 + (0.6 * random.NextGaussian()));
        traits.OptOutTendency = (float)(0.8 * random.NextGaussian());
        traits.App = (float)(0.4 * random.NextGaussian());
        traits.Email = (float)(0.4 * random.NextGaussian());
        traits.Sms = (float)(0.4 * random.NextGaussian());
        traits.Zone = (byte)ZoneRules.Pick(random.NextDouble());
        traits.Profile = (byte)ShopClock.Profile(5 + random.NextInt32(13), random.NextInt32(ShopClock.LengthCount));

        // At least one channel for those who agreed to any: masks 1 to 7.
        bool consents = random.NextDouble() < options.ConsentShare;
        int mask = 1 + random.NextInt32((1 << Channels) - 1);
        traits.ConsentMask = (byte)(consents ? mask : 0);

        double end = _shop.Clock.Hours * (double)ShopClock.HourMs;
        bool joinsLater = random.NextDouble() < JoinsLaterShare;
        double joins = random.NextDouble() * 0.7 * end;
        traits.JoinsAt = joinsLater ? (long)joins : 0;
        bool leaves = random.NextDouble() < options.ChurnShare;
        double stays = 0.1 + (0.9 * random.NextDouble());
        traits.ChurnsAt = leaves ? traits.JoinsAt + (long)(stays * (end - traits.JoinsAt)) : Never;

        traits.IsMember = random.NextDouble() < 0.3;
        traits.IsVip = activity > 1.2816;
        traits.IsNew = joinsLater;

        for (int favourite = 0; favourite < Favourites; favourite++)
        {
            _favourites[(customer * Favourites) + favourite] = DrawByTaste(ref random, customer);
        }
    }

    private static void DrawTaste(ref SeededRandom random, Span<double> taste)
    {
        foreach (ref double coordinate in taste)
        {
            coordinate = random.NextGaussian();
        }
    }

    private void FillCategories(ReadOnlySpan<double> taste, double strength, Span<float> cumulative)
    {
        ItemWorld items = _shop.Items;
        Span<double> shares = items.Categories <= 512 ? stackalloc double[items.Categories] : new double[items.Categories];
        for (int category = 0; category < shares.Length; category++)
        {
            double likeness = 0;
            for (int i = 0; i < taste.Length; i++)
            {
                likeness += taste[i] * items.CategoryDirections[(category * ItemWorld.TasteLength) + i];
            }

            shares[category] = items.CategoryMass[category] * PortableMath.Exp(strength * likeness);
        }

        Weighted.Normalize(shares);
        double sum = 0;
        for (int category = 0; category < shares.Length; category++)
        {
            sum += shares[category];
            cumulative[category] = (float)sum;
        }

        cumulative[^1] = 1;
    }

    private void DrawTiers(ref SeededRandom random, int customer, double priceSensitivity)
    {
        // Half the strength that categories have; careful customers lean to the cheap tier and away from the expensive one.
        double strength = 0.5 * _shop.Options.TasteStrength;
        double lean = _shop.Options.TasteStrength > 0 ? (2 * priceSensitivity) - 1 : 0;
        Span<float> boost = _tierBoost.AsSpan(customer * ItemWorld.Tiers, ItemWorld.Tiers);
        for (int tier = 0; tier < boost.Length; tier++)
        {
            double shift = (ItemTier)tier switch
            {
                ItemTier.Value => lean,
                ItemTier.Premium => -lean,
                _ => 0,
            };
            boost[tier] = (float)PortableMath.Exp((strength * random.NextGaussian()) + shift);
        }
    }
}
