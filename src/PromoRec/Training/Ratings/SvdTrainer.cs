using PromoRec.Datasets;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;

namespace PromoRec.Training.Ratings;

/// <summary>Learns biases and factors from ratings by stochastic gradient descent: biased matrix factorization, often called SVD.</summary>
/// <remarks>
/// <para>
/// Minimises Σ (r − μ − bᵤ − bᵢ − pᵤ·qᵢ)² + λ (bᵤ² + bᵢ² + |pᵤ|² + |qᵢ|²), rating by rating, customer after customer: with error e, x moves by γ (e·∂ − λx). It is the
/// algorithm of Surprise's SVD.
/// </para>
/// <para>
/// A step reads what the one before wrote, so one thread does the work: the same data, options and seed give the same bits. Cost of an epoch: O(ratings · factors).
/// </para>
/// <para>Source: Koren, Bell and Volinsky, IEEE Computer 42(8), 2009.</para>
/// </remarks>
public sealed class SvdTrainer
{
    private readonly SgdRules _rules;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How; the defaults unless given.</param>
    /// <param name="timeProvider">Measures how long it takes; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public SvdTrainer(SvdOptions? options = null, TimeProvider? timeProvider = null)
    {
        options ??= new SvdOptions();
        options.Validate();
        _rules = options.ToRules();
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Trains a model. Any number of threads may train at once.</summary>
    /// <param name="dataset">The ratings: every value is one.</param>
    /// <param name="progress">Told after every epoch.</param>
    /// <param name="cancellationToken">Stops the training inside an epoch.</param>
    /// <exception cref="TrainingException">There is no rating, the factors diverge, or there are too many customers or items for so many of them.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public SvdModel Train(InteractionDataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        RatingScale scale = RatingData.ScaleOf(dataset);
        SgdState state = new(dataset, scale.Mean, _rules);
        for (int epoch = 1; epoch <= _rules.Epochs; epoch++)
        {
            long started = _timeProvider.GetTimestamp();
            Pass(dataset.ByUser, state, cancellationToken);
            state.ThrowIfDiverged();
            progress?.Report(new TrainingProgress(epoch, _rules.Epochs, _timeProvider.GetElapsedTime(started), null));
        }

        return new SvdModel(
            dataset.Users, dataset.Items, scale, new BiasedFactors(state.Biases, state.Users, state.Items), _rules.Steps, TrainingHistory.Of(dataset),
            TrainedManifest.Create("svd", dataset, _rules.ToText(), _rules.Seed));
    }

    private void Pass(CsrMatrix byUser, SgdState state, CancellationToken cancellationToken)
    {
        float keep = _rules.Steps.Keep;
        for (int user = 0; user < byUser.Rows; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<int> items = byUser.ColumnsOf(user);
            ReadOnlySpan<float> ratings = byUser.ValuesOf(user);
            Span<float> p = state.Users.Row(user);
            for (int i = 0; i < items.Length; i++)
            {
                Span<float> q = state.Items.Row(items[i]);
                float step = (float)state.StepBiases(user, items[i], ratings[i], VectorMath.Dot(p, q));
                GradientSteps.MovePair(keep, step, step, p, q);
            }
        }
    }
}
