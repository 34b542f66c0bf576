using PromoRec.Datasets.Features;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;
using PromoRec.Training;
using PromoRec.Training.Linear;

namespace PromoRec.Tuning;

/// <summary>Learns from offers that customers took, and did not take, how much each member of a hybrid should count.</summary>
/// <remarks>
/// <para>
/// Every customer of an occasion who took at least one offer gives one example for each offer that was valid: taken or not. The features are those that ranking
/// computes, by the same code. Customers who took nothing say nothing about the order of offers and are left out; the probability is therefore that of a customer who takes something.
/// </para>
/// <para>The same occasions and options give the same model, bit by bit. Source: Wolpert, "Stacked generalization", Neural Networks 5(2), 1992.</para>
/// </remarks>
public sealed class OfferStackingTrainer
{
    private readonly OfferStackingOptions _options;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">How; the defaults unless given.</param>
    /// <exception cref="ArgumentException">An option of the training is out of range, or what is to be left out is no feature.</exception>
    public OfferStackingTrainer(OfferStackingOptions? options = null)
    {
        _options = options ?? new OfferStackingOptions();
        _options.Training.Validate();
        string[] unknown = [.. _options.LeftOut.Where(name => StackingSchema.For([]).Fields.All(field => field.Name != name || field.Kind == FeatureKind.Cross)).Order(StringComparer.Ordinal)];
        if (unknown.Length > 0)
        {
            throw new ArgumentException($"{string.Join(", ", unknown.Select(name => $"'{name}'"))} cannot be left out: {string.Join(", ", StackingSchema.For([]).Fields.Where(field => field.Kind != FeatureKind.Cross).Select(field => field.Name))} can be.", nameof(options));
        }
    }

    /// <summary>Learns from occasions. Their hybrids have members of the same names, in the same order.</summary>
    /// <param name="occasions">At least one in which somebody took an offer that was there.</param>
    /// <param name="progress">Told of the training of the logistic model.</param>
    /// <param name="cancellationToken">Ends the work between two occasions, or two steps of the training.</param>
    /// <returns>What <see cref="HybridModel.Stacked"/> takes.</returns>
    /// <exception cref="ArgumentException">There is no occasion, or members differ from one to the other.</exception>
    /// <exception cref="PromoRecException">A catalog has faults, or nobody took an offer that was there.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LinearModel Train(IReadOnlyList<OfferOccasion> occasions, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(occasions);
        if (occasions.Count == 0)
        {
            throw new ArgumentException("There is no occasion to learn from. Give at least one.", nameof(occasions));
        }

        string[] names = NamesOf(occasions[0]);
        foreach (OfferOccasion other in occasions.Where(occasion => !NamesOf(occasion).SequenceEqual(names, StringComparer.Ordinal)))
        {
            throw new ArgumentException($"The hybrid of one occasion has the members {string.Join(", ", names)}, that of another {string.Join(", ", NamesOf(other))}. Give all the same.", nameof(occasions));
        }

        FeatureSchema schema = StackingSchema.For(names, _options.Scale);
        var examples = new ExampleSetBuilder(schema);
        foreach (OfferOccasion occasion in occasions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            new StackingExamples(occasion, _options, schema, examples).Add();
        }

        return examples.Count > 0
            ? StackingSchema.WithTargetSizeExponent(new LinearTrainer(_options.Training).Train(examples.Build(), progress, cancellationToken), _options.Ranking.TargetSizeExponent)
            : throw new PromoRecException(PromoRecErrorCode.InvalidDataset, $"None of {occasions.Sum(occasion => occasion.Taken.Count)} offers that were taken was there at its moment for a customer of whom something is known. Check the ids and the times.");
    }

    private static string[] NamesOf(OfferOccasion occasion) => [.. occasion.Model.Members.Select(member => member.Name)];
}
