namespace PromoRec.Scoring;

/// <summary>What is known of the customer of a request, in the rows of the model in use.</summary>
internal readonly ref struct KnownCustomer
{
    /// <summary>The customer's row in the model, or -1.</summary>
    public int Row { get; init; }

    /// <summary>Whether they did something since the training.</summary>
    public bool IsFolded { get; init; }

    /// <summary>Rows of the items with which the customer did something, ascending.</summary>
    public ReadOnlySpan<int> Items { get; init; }

    /// <summary>What they did with each, weighted as in training.</summary>
    public ReadOnlySpan<float> Values { get; init; }

    /// <summary>Rows of the items that they have purchased or redeemed, ascending.</summary>
    public ReadOnlySpan<int> Consumed { get; init; }

    /// <summary>The customer's factors, padded like a row of factors; empty where the model has none or knows nothing.</summary>
    public ReadOnlySpan<float> Vector { get; init; }
}
