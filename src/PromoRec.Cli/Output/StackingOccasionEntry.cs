namespace PromoRec.Cli.Output;

/// <summary>A moment at which customers had offers.</summary>
/// <param name="At">The moment.</param>
/// <param name="Customers">Customers who took one of them until the next moment.</param>
/// <param name="Taken">How many they took.</param>
internal sealed record StackingOccasionEntry(DateTimeOffset At, int Customers, int Taken);
