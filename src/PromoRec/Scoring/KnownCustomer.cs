using PromoRec.Models;

namespace PromoRec.Scoring;

/// <summary>What is known of the customer of a request, in the rows of the model in use.</summary>
internal readonly ref struct KnownCustomer
{
    /// <summary>The customer's row in the model, or -1.</summary>
    public int Row { get; init; }

    /// <summary>Their id; who they are matters to models of segments only.</summary>
    public UserId User { get; init; }

    /// <summary>Who is in which segment; null when nobody is known to be in any.</summary>
    public ICustomerDirectory? Directory { get; init; }

    /// <summary>Whether they did something since the training.</summary>
    public bool IsFolded { get; init; }

    /// <summary>Rows of the items with which the customer did something, ascending.</summary>
    public ReadOnlySpan<int> Items { get; init; }

    /// <summary>What they did with each, weighted as in training.</summary>
    public ReadOnlySpan<float> Values { get; init; }

    /// <summary>Rows of the items that they have purchased or redeemed, ascending.</summary>
    public ReadOnlySpan<int> Consumed { get; init; }

    /// <summary>Their factors in each of the model's <see cref="RecommendationModel.FoldingModels"/>; empty unless they did something since the training.</summary>
    public ReadOnlySpan<FoldedCustomer> Vectors { get; init; }
}
