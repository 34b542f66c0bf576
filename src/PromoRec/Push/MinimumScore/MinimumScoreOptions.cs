namespace PromoRec.Push.MinimumScore;

/// <summary>How much predicted interest a push needs. Pushes the customer needs for an order or contract need none.</summary>
public sealed class MinimumScoreOptions
{
    /// <summary>Its name in traces, 1 to 64 characters; a name made of the rule unless set.</summary>
    public string? Name { get; set; }

    /// <summary>The smallest score that is pushed: any finite number, 0 unless set. What a score means, the ranker says that gave it.</summary>
    public float Minimum { get; set; }

    /// <summary>The pushes it is for: all of them unless set.</summary>
    public PushFilter AppliesTo { get; } = new();
}
