namespace PromoRec.Cli.Output;

/// <summary>A member of a hybrid.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Weight">How much it counts; 0 where it did not help and was left out. Of a stacked hybrid what was learnt, which may be below 0; null for one of a file, whose weights are in the file's tensors.</param>
/// <param name="Candidates">How many offers it may name; 0 where it was left out.</param>
internal sealed record HybridMemberEntry(string Name, double? Weight, int Candidates);
