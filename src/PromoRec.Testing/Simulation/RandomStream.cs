using PromoRec.Numerics;

namespace PromoRec.Testing.Simulation;

/// <summary>Gives every part of the shop, and every customer, random numbers of its own.</summary>
internal static class RandomStream
{
    private const int PurposeShift = 56;

    public static SeededRandom Items(ulong seed) => new(seed, 1UL << PurposeShift);

    public static SeededRandom Offers(ulong seed) => new(seed, 2UL << PurposeShift);

    public static SeededRandom Categories(ulong seed) => new(seed, 3UL << PurposeShift);

    public static SeededRandom Calibration(ulong seed) => new(seed, 4UL << PurposeShift);

    /// <summary>Who a customer is.</summary>
    public static SeededRandom Customer(ulong seed, int customer) => new(seed, (5UL << PurposeShift) + (ulong)customer);

    /// <summary>What a customer does.</summary>
    public static SeededRandom Behaviour(ulong seed, int customer) => new(seed, (6UL << PurposeShift) + (ulong)customer);
}
