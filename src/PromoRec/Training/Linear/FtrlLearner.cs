using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PromoRec.Datasets.Features;
using PromoRec.Models;
using PromoRec.Models.Linear;
using PromoRec.Numerics;

namespace PromoRec.Training.Linear;

/// <summary>Learns a linear model one example at a time, as they happen: FTRL-proximal with a learning rate for every weight.</summary>
/// <remarks>
/// <para>
/// For one thread at a time. The same examples in the same order give the same weights, bit by bit. It needs 16 bytes a column. Labels of
/// one kind only are no error here: weights stay finite and learn the rest when it comes.
/// </para>
/// <para>
/// Source: McMahan et al., "Ad click prediction: a view from the trenches", KDD 2013, algorithm 1. It counts neither every tenth negative only nor
/// rare features with a delay; give a sampled negative the weight it stands for.
/// </para>
/// </remarks>
public sealed class FtrlLearner
{
    private readonly FtrlOptions _options;
    private readonly FtrlState[] _states;
    private readonly List<FeatureEntry> _entries = [];
    private readonly FtrlSteps _steps;
    private FtrlState _intercept;
    private int[] _columns = [];
    private float[] _values = [];

    /// <summary>Creates a learner that has seen nothing. Later changes of the options make no difference to it.</summary>
    /// <param name="schema">The features.</param>
    /// <param name="options">How to learn; the defaults unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public FtrlLearner(FeatureSchema schema, FtrlOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        _options = (options ?? new FtrlOptions()).Copy();
        _options.Validate();
        Schema = schema;
        _states = new FtrlState[schema.ColumnCount];
        _steps = new FtrlSteps(_states, _options.Alpha, _options.Beta, _options.L1, _options.L2, LinearModel.MaxWeight);
    }

    /// <summary>The features.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>Examples learnt from so far.</summary>
    public long Learned { get; private set; }

    /// <summary>Learns from one example.</summary>
    /// <param name="values">What is known about it.</param>
    /// <param name="label">Whether it happened.</param>
    /// <param name="weight">What it counts: 0 or above; 0 changes nothing.</param>
    /// <returns>The score it had before.</returns>
    /// <exception cref="ArgumentException">The weight is negative or not finite.</exception>
    /// <exception cref="PromoRecException">The values are of another schema.</exception>
    /// <exception cref="TrainingException">The numbers leave the range of a model; nothing was learnt.</exception>
    public double Learn(FeatureValues values, bool label, double weight = 1) => Learn(values, label ? 1.0 : 0.0, weight);

    /// <summary>Learns from one example with a number to predict.</summary>
    /// <param name="values">What is known about it.</param>
    /// <param name="target">The number; 1 or 0 with a loss of classification.</param>
    /// <param name="weight">What it counts: 0 or above; 0 changes nothing.</param>
    /// <returns>The score it had before.</returns>
    /// <exception cref="ArgumentException">The weight is negative or not finite, or the target is not finite.</exception>
    /// <exception cref="PromoRecException">The values are of another schema.</exception>
    /// <exception cref="TrainingException">The target is no class, or the numbers leave the range of a model; nothing was learnt.</exception>
    public double Learn(FeatureValues values, double target, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!double.IsFinite(target) || !double.IsFinite(weight) || weight < 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"The target is {target} and the weight {weight}; both must be finite, and the weight 0 or above."), nameof(target));
        }

        if (!ReferenceEquals(values.Schema, Schema))
        {
            Schema.ThrowUnlessSame(values.Schema, "the learner", "the values");
        }

        FeatureEncoder.Encode(values, _entries, withNames: false);
        if (_columns.Length < _entries.Count)
        {
            _columns = new int[_entries.Count * 2];
            _values = new float[_entries.Count * 2];
        }

        int count = 0;
        foreach (FeatureEntry entry in _entries)
        {
            if (count > 0 && _columns[count - 1] == entry.Column)
            {
                _values[count - 1] += entry.Value;
            }
            else
            {
                _columns[count] = entry.Column;
                _values[count++] = entry.Value;
            }
        }

        return Learn(_columns.AsSpan(0, count), _values.AsSpan(0, count), target, weight, Learned);
    }

    /// <summary>Learns from all examples of a set, once, in their order.</summary>
    /// <exception cref="PromoRecException">The set is of another schema.</exception>
    /// <exception cref="TrainingException">A label is no class, or the numbers leave the range of a model; the examples before it were learnt.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the examples before were learnt.</exception>
    public void Learn(ExampleSet examples, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(examples);
        Schema.ThrowUnlessSame(examples.Schema, "the learner", "the example set");
        for (int row = 0; row < examples.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (row + 1 < examples.Count)
            {
                // What the next example needs comes while this one is learnt.
                _steps.Prefetch(examples.Features.ColumnsOf(row + 1));
            }

            Learn(examples.Features.ColumnsOf(row), examples.Features.ValuesOf(row), examples.Labels[row], examples.Weights[row], row);
        }
    }

    /// <summary>The model as it is now. The learner may go on; the model does not change.</summary>
    public LinearModel ToModel()
    {
        var weights = new double[_states.Length];
        for (int column = 0; column < weights.Length; column++)
        {
            weights[column] = WeightOf(_states[column]);
        }

        SortedDictionary<string, string> options = new(StringComparer.Ordinal)
        {
            ["alpha"] = LinearManifest.Text(_options.Alpha),
            ["beta"] = LinearManifest.Text(_options.Beta),
            ["l1"] = LinearManifest.Text(_options.L1),
            ["l2"] = LinearManifest.Text(_options.L2),
            ["intercept"] = _options.Intercept ? "true" : "false",
            ["positive-weight"] = LinearManifest.Text(_options.PositiveWeight),
            ["negative-weight"] = LinearManifest.Text(_options.NegativeWeight),
        };
        SortedDictionary<string, double> metrics = new(StringComparer.Ordinal) { ["examples"] = Learned };
        ModelManifest manifest = LinearManifest.Create("linear-ftrl", _options.Loss, seed: 0, options, Fingerprint(), metrics);
        return new LinearModel(Schema, _options.Loss, weights, InterceptWeight(), manifest);
    }

    private double Learn(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, double target, double weight, long example)
    {
        bool classifies = _options.Loss != LinearLoss.Squared;
        if (classifies && target is not (0 or 1))
        {
            Throw.NotAClass(example, target, _options.Loss);
        }

        double score = InterceptWeight() + _steps.Score(columns, values);
        double slope = weight * (target == 1 ? _options.PositiveWeight : _options.NegativeWeight) * SlopeOf(score, classifies ? (2 * target) - 1 : target);
        FtrlState intercept = _intercept.After(slope, InterceptWeight(), _options.Alpha);

        // Every new state is looked at before any is kept, so that one monstrous example cannot poison the learner.
        bool fits = double.IsFinite(intercept.Pull) && double.IsFinite(intercept.Squares) && Math.Abs(intercept.Weight(_options.Alpha, _options.Beta, 0, 0)) <= LinearModel.MaxWeight;
        if (!_steps.Move(slope) || !fits)
        {
            throw new TrainingException("An example is beyond what the learner can hold: its features, label or weight are too large, or Alpha is. Scale them down, or leave the example out. Nothing was learnt from it.");
        }

        if (weight == 0)
        {
            return score;
        }

        _steps.Keep(columns);
        if (_options.Intercept)
        {
            _intercept = intercept;
        }

        Learned++;
        return score;
    }

    private double SlopeOf(double score, double target) => _options.Loss switch
    {
        LinearLoss.Logistic => LogisticLoss.Slope(score, target),
        LinearLoss.Squared => SquaredLoss.Slope(score, target),
        LinearLoss.Hinge => HingeLoss.Slope(score, target),
        _ => SquaredHingeLoss.Slope(score, target),
    };

    private double WeightOf(FtrlState state) => state.Weight(_options.Alpha, _options.Beta, _options.L1, _options.L2);

    private double InterceptWeight() => _options.Intercept ? _intercept.Weight(_options.Alpha, _options.Beta, 0, 0) : 0;

    /// <summary>The state stands for the examples, which are not kept.</summary>
    private string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.ASCII.GetBytes(Schema.Fingerprint));
        const int Part = 1 << 20;
        for (int at = 0; at < _states.Length; at += Part)
        {
            hash.AppendData(MemoryMarshal.AsBytes(_states.AsSpan(at, Math.Min(Part, _states.Length - at))));
        }

        hash.AppendData(MemoryMarshal.AsBytes<FtrlState>([_intercept]));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
