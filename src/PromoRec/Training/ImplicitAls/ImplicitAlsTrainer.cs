using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Training.ImplicitAls;

/// <summary>Learns a vector for every customer and item from implicit feedback, by alternating least squares.</summary>
/// <remarks>
/// <para>
/// Minimises Σ over observed pairs of c (p − x·y)² + w₀ Σ (x·y)² + Σ λᵣ |row|²: the second sum runs over all pairs or over the unobserved ones, and
/// λᵣ = λ (|observed| + w₀ |other side|)^ν. A dataset value v gives confidence c = α |v|, or 1 + α |v|, and preference p = 1 above zero, 0 below.
/// </para>
/// <para>
/// The same data, options and seed give the same factors, bit by bit, for any number of threads and any vector width (on processors with fused
/// multiply-add). Cost of an iteration: O(observed · k) with conjugate gradient, O(observed · k² + rows · k³) with Cholesky.
/// </para>
/// <para>
/// Sources: Hu, Koren and Volinsky, ICDM 2008; Takács, Pilászy and Tikk, RecSys 2011; Rendle, Krichene, Zhang and Koren, RecSys 2022.
/// </para>
/// </remarks>
public sealed class ImplicitAlsTrainer
{
    private readonly ImplicitAlsOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How to learn; the defaults unless given.</param>
    /// <param name="timeProvider">Measures how long iterations take; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public ImplicitAlsTrainer(ImplicitAlsOptions? options = null, TimeProvider? timeProvider = null)
    {
        _options = (options ?? new ImplicitAlsOptions()).Copy();
        _options.Validate();
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Trains a model. Any number of threads may train at once.</summary>
    /// <param name="dataset">The interactions.</param>
    /// <param name="warmStart">An earlier model with the same number of factors: rows whose ids it knows start from its factors.</param>
    /// <param name="progress">Told after every iteration.</param>
    /// <param name="cancellationToken">Stops the training inside an iteration.</param>
    /// <exception cref="TrainingException">
    /// The numbers diverge, <paramref name="warmStart"/> has another number of factors, or there are too many customers or items for so many factors.
    /// </exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public FactorModel Train(InteractionDataset dataset, FactorModel? warmStart = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (warmStart is not null && warmStart.Factors != _options.Factors)
        {
            throw new TrainingException($"The model to start from has {warmStart.Factors} factors, but {_options.Factors} are asked for. Set ImplicitAlsOptions.Factors to {warmStart.Factors}, or train without a warm start.");
        }

        ImplicitObjective objective = _options.ToObjective();
        FactorMatrix users = StartValues.Create(dataset.Users, _options, side: 0, warmStart?.Users, warmStart?.UserFactors);
        FactorMatrix items = StartValues.Create(dataset.Items, _options, side: 1, warmStart?.Items, warmStart?.ItemFactors);
        var userStep = new AlsHalfStep(dataset.ByUser, fixedSide: items, solvedSide: users, objective, _options);
        var itemStep = new AlsHalfStep(dataset.ByItem, fixedSide: users, solvedSide: items, objective, _options);
        double? loss = null;
        for (int iteration = 1; iteration <= _options.Iterations; iteration++)
        {
            long started = _timeProvider.GetTimestamp();
            userStep.Solve(cancellationToken);
            itemStep.Solve(cancellationToken);
            TimeSpan elapsed = _timeProvider.GetElapsedTime(started);
            if (_options.ComputeLoss)
            {
                loss = AlsLoss.Compute(dataset.ByUser, dataset.ByItem, users, items, objective, Threads.Resolve(_options.Threads), cancellationToken);
            }

            progress?.Report(new TrainingProgress(iteration, _options.Iterations, elapsed, loss));
        }

        GC.KeepAlive(warmStart);
        return Overflow.Checked(new FactorModel(dataset.Users, dataset.Items, users, items, objective, TrainingHistory.Of(dataset), AlsManifest.Create(dataset, _options, warmStart, loss)), dataset);
    }
}
