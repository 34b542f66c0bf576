using PromoRec.Interactions;

namespace PromoRec.Datasets;

/// <summary>Weighs one customer's events exactly as <see cref="DatasetBuilder"/> would, for a model to fold the customer in.</summary>
public static class CustomerEvidence
{
    /// <summary>What the events of one customer say about each item, in ordinal order of the items; items whose value is zero are left out.</summary>
    /// <param name="interactions">Events of one customer, in any order; event ids may repeat.</param>
    /// <param name="options">As for the dataset that the model was trained on. Its time of the data is not used, and nobody is left out as an outlier.</param>
    /// <param name="asOf">The time from which ages are counted; later events are left out.</param>
    /// <exception cref="ArgumentException">The options have faults, an event is not valid, or the events are of more than one customer.</exception>
    public static IReadOnlyList<ItemEvidence> From(IEnumerable<Interaction> interactions, DatasetOptions options, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(options);
        DatasetOptions ofCustomer = options.Copy();
        ofCustomer.AsOf = asOf;
        ofCustomer.ExcludeOutlierUsers = false;
        var builder = new DatasetBuilder(ofCustomer);
        builder.AddRange(interactions);
        return builder.EvidenceOfOneCustomer(nameof(interactions));
    }
}
