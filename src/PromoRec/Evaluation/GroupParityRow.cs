namespace PromoRec.Evaluation;

/// <summary>What one group of customers got.</summary>
/// <param name="Group">The group.</param>
/// <param name="Reach">Share of its customers who were shown at least one offer, 0 to 1.</param>
/// <param name="Depth">
/// Mean discount depth, 0 to 1, over the customers who were shown offers of the catalog, each with the mean of theirs; null where there are no such customers.
/// </param>
public sealed record GroupParityRow(string Group, GroupEstimate Reach, GroupEstimate? Depth);
