namespace PromoRec.Models.Hybrid;

/// <summary>One of the models that a hybrid puts together.</summary>
/// <param name="Name">What it is called where it is said which model named an offer: 1 to 64 ASCII letters, digits, '-' or '_'; unique in its hybrid.</param>
/// <param name="Model">The model.</param>
public sealed record HybridMember(string Name, RecommendationModel Model)
{
    /// <summary>How much it counts: above 0, at most 1,000,000; 1 unless set.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>How many offers it may name for one request, its best ones: 1 to 100,000, 100 unless set. Only offers that some member names are put in order.</summary>
    public int Candidates { get; init; } = 100;

    internal const double MaxWeight = 1_000_000;

    internal const int MaxCandidates = 100_000;

    /// <summary>What is wrong with it, one sentence a fault.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Name is not { Length: > 0 and <= 64 } || !Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            yield return $"the name of a member is 1 to 64 ASCII letters, digits, '-' or '_', but is '{Name}'";
        }

        if (!(Weight > 0 && Weight <= MaxWeight))
        {
            yield return $"the {nameof(Weight)} of '{Name}' must be above 0 and at most {MaxWeight:N0}, but is {Weight}";
        }

        if (Candidates is < 1 or > MaxCandidates)
        {
            yield return $"the {nameof(Candidates)} of '{Name}' must be 1 to {MaxCandidates:N0}, but is {Candidates}";
        }
    }
}
