using PromoRec.Datasets;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;

namespace PromoRec.Training.Ratings;

/// <summary>Learns biases and factors from ratings, and from which items were rated at all, by stochastic gradient descent: SVD++.</summary>
/// <remarks>
/// <para>
/// Minimises Σ (r − μ − bᵤ − bᵢ − qᵢ·(pᵤ + Σⱼ yⱼ / √n))² + λ (bᵤ² + bᵢ² + |pᵤ|² + |qᵢ|² + Σⱼ |yⱼ|²) over the n items j of each customer, rating by rating, customer after
/// customer. It is the algorithm of Surprise's SVDpp, but costs O(ratings · factors) an epoch instead of O(Σ over customers of n² · factors).
/// </para>
/// <para>
/// A step reads what the one before wrote, so one thread does the work: the same data, options and seed give the same bits.
/// </para>
/// <para>Source: Koren, KDD 2008, section 4.</para>
/// </remarks>
public sealed class SvdPlusPlusTrainer
{
    private readonly SgdRules _rules;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How; the defaults unless given.</param>
    /// <param name="timeProvider">Measures how long it takes; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public SvdPlusPlusTrainer(SvdPlusPlusOptions? options = null, TimeProvider? timeProvider = null)
    {
        options ??= new SvdPlusPlusOptions();
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
    public SvdPlusPlusModel Train(InteractionDataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        RatingScale scale = RatingData.ScaleOf(dataset);
        SgdState state = new(dataset, scale.Mean, _rules);
        FactorMatrix implicitFactors = state.StartFactors(dataset.ByItem, side: 2);
        for (int epoch = 1; epoch <= _rules.Epochs; epoch++)
        {
            long started = _timeProvider.GetTimestamp();
            Pass(dataset.ByUser, state, implicitFactors, cancellationToken);
            state.ThrowIfDiverged(implicitFactors);
            progress?.Report(new TrainingProgress(epoch, _rules.Epochs, _timeProvider.GetElapsedTime(started), null));
        }

        for (int user = 0; user < dataset.UserCount; user++)
        {
            SvdPlusPlusModel.AddImplicit(dataset.ByUser.ColumnsOf(user), implicitFactors, state.Users.Row(user));
        }

        return new SvdPlusPlusModel(
            dataset.Users, dataset.Items, scale, new BiasedFactors(state.Biases, state.Users, state.Items), implicitFactors, _rules.Steps, TrainingHistory.Of(dataset),
            TrainedManifest.Create("svdpp", dataset, _rules.ToText(), _rules.Seed));
    }

    /// <summary>One pass over all ratings.</summary>
    /// <remarks>
    /// With w = p + Σⱼ yⱼ / √n, a step with error e is q ← a q + γe w, p ← a p + γe q, and for each of the n items yⱼ ← a yⱼ + γe q / √n, where a = 1 − γλ. So Σⱼ yⱼ / √n moves just as
    /// p does, and w ← a w + 2γe q. Over all ratings of a customer p becomes A p + v and each yⱼ becomes A yⱼ + v / √n, with one A and one v, which w has moved by twice. The many yⱼ need not
    /// be touched at every step.
    /// </remarks>
    private void Pass(CsrMatrix byUser, SgdState state, FactorMatrix implicitFactors, CancellationToken cancellationToken)
    {
        float keep = _rules.Steps.Keep;
        var before = new float[state.Items.Stride];
        var w = new float[state.Items.Stride];
        for (int user = 0; user < byUser.Rows; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<int> items = byUser.ColumnsOf(user);
            ReadOnlySpan<float> ratings = byUser.ValuesOf(user);
            Span<float> p = state.Users.Row(user);
            p.CopyTo(w);
            SvdPlusPlusModel.AddImplicit(items, implicitFactors, w);
            w.CopyTo(before, 0);
            double kept = 1;
            for (int i = 0; i < items.Length; i++)
            {
                Span<float> q = state.Items.Row(items[i]);
                float step = (float)state.StepBiases(user, items[i], ratings[i], VectorMath.Dot(w, q));
                GradientSteps.MovePair(keep, 2 * step, step, w, q);
                kept *= keep;
            }

            // w becomes 2v.
            VectorMath.AddScaled((float)-kept, before, w);
            GradientSteps.Move((float)kept, 0.5f, w, p);
            float toEach = (float)(0.5 / Math.Sqrt(items.Length));
            foreach (int item in items)
            {
                GradientSteps.Move((float)kept, toEach, w, implicitFactors.Row(item));
            }
        }
    }
}
