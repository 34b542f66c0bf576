using System.Globalization;
using PromoRec.Datasets.Features;
using PromoRec.Numerics;

namespace PromoRec.Models.Linear;

/// <summary>A score that is a weighted sum of features: logistic, ridge or support vector. Immutable; any number of threads may use it.</summary>
/// <remarks>Weights are double precision, one a column of the schema. No score and no probability is ever NaN.</remarks>
public sealed partial class LinearModel
{
    /// <summary>Largest size of a weight: no sum of 2³⁰ single-precision values times such weights overflows.</summary>
    internal const double MaxWeight = 1e150;

    [ThreadStatic]
    private static List<FeatureEntry>? _entries;

    internal LinearModel(FeatureSchema schema, LinearLoss loss, double[] weights, double intercept, ModelManifest manifest, ProbabilityCalibrator? calibrator = null)
    {
        if (weights.Length != schema.ColumnCount)
        {
            throw new ArgumentException($"There are {weights.Length} weights for {schema.ColumnCount} columns.", nameof(weights));
        }

        Schema = schema;
        Loss = loss;
        Weights = weights;
        Intercept = intercept;
        Manifest = manifest;
        Calibrator = calibrator;
        foreach (double weight in weights)
        {
            NonZeroCount += weight != 0 ? 1 : 0;
        }
    }

    /// <summary>Where the model comes from.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>The features it was trained with.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>What it was trained to make small.</summary>
    public LinearLoss Loss { get; }

    /// <summary>What every score starts from; 0 where the model has no intercept.</summary>
    public double Intercept { get; }

    /// <summary>Number of columns whose weight is not 0.</summary>
    public int NonZeroCount { get; }

    /// <summary>What turns scores into probabilities; null for a logistic model's own.</summary>
    public ProbabilityCalibrator? Calibrator { get; }

    /// <summary>Whether the model gives probabilities: it is logistic or calibrated.</summary>
    public bool GivesProbability => Calibrator is not null || Loss == LinearLoss.Logistic;

    /// <summary>
    /// Whether the training reached the optimum within its tolerance: false where it stopped at the most iterations that it was allowed, so that more of
    /// them would give better weights. Null for a model that was not trained towards an optimum, as by FTRL.
    /// </summary>
    public bool? Converged => Manifest.Metrics.TryGetValue("converged", out double converged) ? converged == 1 : null;

    /// <summary>One weight a column.</summary>
    internal double[] Weights { get; }

    /// <summary>The same model with another calibrator, fitted to its scores on examples it was not trained on.</summary>
    public LinearModel WithCalibrator(ProbabilityCalibrator? calibrator) => new(Schema, Loss, Weights, Intercept, Manifest, calibrator);

    /// <summary>Intercept + Σ weight · value: log odds of a logistic model, the predicted number of a ridge model, the margin of a support vector machine.</summary>
    /// <exception cref="PromoRecException">The values are of another schema.</exception>
    public double Score(FeatureValues values)
    {
        List<FeatureEntry> entries = _entries ??= [];
        Encode(values, entries, withNames: false);
        double score = Intercept;
        foreach (FeatureEntry entry in entries)
        {
            score += Weights[entry.Column] * entry.Value;
        }

        return score;
    }

    /// <summary>The scores of all examples of a set.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="scores">Takes a score for each of them.</param>
    /// <exception cref="ArgumentException">The span is not as long as the set.</exception>
    /// <exception cref="PromoRecException">The set is of another schema.</exception>
    public void Score(ExampleSet examples, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (scores.Length != examples.Count)
        {
            throw new ArgumentException($"There are {examples.Count} examples, but places for {scores.Length} scores.", nameof(scores));
        }

        examples.Schema.ThrowUnlessSame(Schema, "the example set", "the model");
        SparseRows.Multiply(examples.Features, 0, examples.Count, Weights, Intercept, scores);
    }

    /// <summary>The probability that the label is true, from 0 to 1.</summary>
    /// <exception cref="InvalidOperationException">The model gives none: see <see cref="GivesProbability"/>.</exception>
    /// <exception cref="PromoRecException">The values are of another schema.</exception>
    public double Probability(FeatureValues values) => ProbabilityOf(Score(values));

    /// <summary>The probability that belongs to a score of this model, from 0 to 1.</summary>
    /// <exception cref="InvalidOperationException">The model gives none: see <see cref="GivesProbability"/>.</exception>
    /// <exception cref="ArgumentException">The score is NaN.</exception>
    public double ProbabilityOf(double score)
    {
        if (Calibrator is not null)
        {
            return Calibrator.Calibrate(score);
        }

        if (Loss != LinearLoss.Logistic)
        {
            throw new InvalidOperationException($"A model with {Loss} loss gives no probability by itself. Fit a calibrator to its scores, and use WithCalibrator.");
        }

        return double.IsNaN(score) ? throw new ArgumentException("The score is not a number.", nameof(score)) : LogisticLoss.Sigmoid(score);
    }

    /// <summary>What is to be expected of offering: probability · margin - cost.</summary>
    /// <param name="values">What is known about the case.</param>
    /// <param name="margin">What a success brings, finite.</param>
    /// <param name="cost">What the offer costs whether or not it succeeds, finite.</param>
    /// <exception cref="ArgumentException">Margin or cost is not finite.</exception>
    /// <exception cref="InvalidOperationException">The model gives no probability.</exception>
    public double ExpectedValue(FeatureValues values, double margin, double cost) =>
        double.IsFinite(margin) && double.IsFinite(cost)
            ? (Probability(values) * margin) - cost
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The margin is {margin} and the cost {cost}, but both must be finite."), nameof(margin));

    /// <summary>Says what carries a score: the contributions of largest size, whatever their sign.</summary>
    /// <param name="values">What is known about the case.</param>
    /// <param name="count">Most contributions to list: 0 or more.</param>
    /// <exception cref="PromoRecException">The values are of another schema.</exception>
    public LinearExplanation Explain(FeatureValues values, int count = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        List<FeatureEntry> entries = [];
        Encode(values, entries, withNames: true);
        List<FeatureContribution> contributions = [];
        foreach (FeatureEntry entry in entries)
        {
            double weight = Weights[entry.Column];
            if (weight != 0)
            {
                contributions.Add(new FeatureContribution(entry.Name!, entry.Value, weight, weight * entry.Value));
            }
        }

        contributions.Sort((left, right) =>
        {
            int bySize = Math.Abs(right.Contribution).CompareTo(Math.Abs(left.Contribution));
            return bySize != 0 ? bySize : string.CompareOrdinal(left.Feature, right.Feature);
        });
        double rest = 0;
        for (int i = Math.Min(count, contributions.Count); i < contributions.Count; i++)
        {
            rest += contributions[i].Contribution;
        }

        return new LinearExplanation(Score(values), Intercept, contributions[..Math.Min(count, contributions.Count)], rest);
    }

    /// <summary>The intercept and the named weights, with numbers in the units in which the host sets them.</summary>
    /// <remarks>
    /// Inside, a model weighs numbers as <see cref="FeatureField.Center"/> and <see cref="FeatureField.Scale"/> make them; here both are worked into
    /// weight and intercept. A number that is not set counts as its center. <see cref="Explain"/> shows the numbers as the model weighs them.
    /// </remarks>
    /// <exception cref="InvalidOperationException">In the unit of a feature, a weight or the intercept is beyond the range of double precision.</exception>
    public LinearCoefficients GetCoefficients()
    {
        List<LinearCoefficient> features = [];
        double intercept = Intercept;
        foreach (FeatureField field in Schema.Fields)
        {
            for (int i = 0; i < field.OwnColumns; i++)
            {
                double weight = Weights[field.FirstColumn + i] / (field.Kind == FeatureKind.Number ? field.Scale : 1);
                intercept -= field.Kind == FeatureKind.Number ? weight * field.Center : 0;
                if (!double.IsFinite(weight) || !double.IsFinite(intercept))
                {
                    throw new InvalidOperationException($"In the unit of the feature '{field.Name}', its weight or the intercept is beyond the range of double precision. Explain shows the weights as the model holds them.");
                }

                features.Add(new LinearCoefficient(FeatureEncoder.NameOf(field, i), weight));
            }
        }

        for (int column = Schema.OwnColumns; column < Weights.Length; column++)
        {
            if (Weights[column] != 0)
            {
                features.Add(new LinearCoefficient(string.Create(CultureInfo.InvariantCulture, $"hashed column {column - Schema.OwnColumns}"), Weights[column]));
            }
        }

        return new LinearCoefficients(intercept, features);
    }

    private void Encode(FeatureValues values, List<FeatureEntry> entries, bool withNames)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!ReferenceEquals(values.Schema, Schema))
        {
            Schema.ThrowUnlessSame(values.Schema, "the model", "the values");
        }

        FeatureEncoder.Encode(values, entries, withNames);
    }
}
