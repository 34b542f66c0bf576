using PromoRec.Testing.Simulation;

namespace PromoRec.Testing.Tests.Simulation;

/// <summary>Shops that several tests share; a simulator is immutable.</summary>
internal static class Shops
{
    /// <summary>A shop of middling size.</summary>
    public static ShopSimulator Medium { get; } = new(new SimulatorOptions { Customers = 1_000, Items = 400, Interactions = 60_000, Seed = 7 });

    /// <summary>A shop that pushes as much as it may.</summary>
    public static ShopSimulator Pushy { get; } = new(new SimulatorOptions { Customers = 1_500, Items = 300, Interactions = 80_000, PushShare = 0.5, HoldoutShare = 0.3, Seed = 5 });

    private static readonly Lazy<SimulatedPush[]> PushyPushes = new(static () => [.. Pushy.Pushes]);

    private static readonly Lazy<SimulatedCustomer[]> Customers = new(static () => [.. Pushy.Customers]);

    /// <summary>All customers of <see cref="Pushy"/>.</summary>
    public static SimulatedCustomer[] PushyCustomers => Customers.Value;

    /// <summary>All pushes of <see cref="Pushy"/>.</summary>
    public static SimulatedPush[] Pushes => PushyPushes.Value;

    /// <summary>Local time by the machine's own time zone data.</summary>
    public static DateTimeOffset Local(DateTimeOffset utc, string zone) => TimeZoneInfo.ConvertTime(utc, TimeZoneInfo.FindSystemTimeZoneById(zone));
}
