namespace PromoRec.Testing.Simulation;

/// <summary>Everything about a shop that does not change while it is simulated.</summary>
internal sealed class ShopWorld
{
    public ShopWorld(SimulatorOptions options)
    {
        Options = options;
        Clock = new ShopClock(options.Start, options.Days);
        Items = new ItemWorld(options);
        Customers = new CustomerWorld(this);
        Offers = new OfferWorld(this);
        Truth = new ShopTruth(this);
        TrafficCalibration.Calibrate(this);
    }

    public SimulatorOptions Options { get; }

    public ShopClock Clock { get; }

    public ItemWorld Items { get; }

    public CustomerWorld Customers { get; }

    public OfferWorld Offers { get; }

    public ShopTruth Truth { get; }
}
