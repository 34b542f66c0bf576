using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Models.Hybrid;
using PromoRec.Training;

namespace PromoRec.Tuning;

/// <summary>Trains several models, finds out on events held out what each is worth, and puts them together.</summary>
/// <remarks>
/// <para>
/// Models are trained on the earlier events, weighed, faded and put together as those of the dataset, and asked for what customers took in the later ones. From that come the weights of the hybrid, and its ladder: from popularity over content, neighbours and factors to the hybrid
/// itself, a rung may serve only if it ranked better than the highest one below that serves. Then all are trained again on everything.
/// </para>
/// <para>
/// Where no event has a time there is no later, and pairs of a customer and an item are held out at random instead. Where that leaves nothing to learn from or to ask for, all models weigh the same, and
/// all rungs serve. The same events, recipes and options give the same hybrid.
/// </para>
/// </remarks>
public sealed class HybridTrainer
{
    private readonly HybridOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How; the defaults unless given.</param>
    /// <param name="timeProvider">Measures how long steps take; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public HybridTrainer(HybridOptions? options = null, TimeProvider? timeProvider = null)
    {
        _options = (options ?? new HybridOptions()).Copy();
        _options.Validate();
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Trains a hybrid.</summary>
    /// <param name="dataset">The interactions, built with <see cref="DatasetOptions.KeepEvents"/>: what is early and what is late is a matter of single events.</param>
    /// <param name="recipes">How the members are made, at least one.</param>
    /// <param name="progress">Told after every model that was trained to be compared, after the weights, after the ladder, and after every model that was trained on everything; there is no loss. Members that are left out are not trained again, and count as done.</param>
    /// <param name="cancellationToken">Ends the work between two steps.</param>
    /// <exception cref="ArgumentException">The dataset keeps no events, there is no recipe, or the models do not go together.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public HybridOutcome Train(InteractionDataset dataset, IReadOnlyList<HybridRecipe> recipes, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(recipes);
        if (recipes.Count == 0)
        {
            throw new ArgumentException("There is no recipe. Give at least one.", nameof(recipes));
        }

        double[] weights = [.. Enumerable.Repeat(1.0, recipes.Count)];
        IReadOnlyList<LadderRung> ladder = [];
        int customers = 0;
        var steps = new TrainingSteps((2 * recipes.Count) + 2, _timeProvider, progress);
        var split = DatasetSplit.Of(dataset, _options.ValidationShare, _options.Seed);
        if (split is not null)
        {
            HybridMember[] early = Members(split.Early, recipes, weights, steps, cancellationToken);
            (IReadOnlyList<UserItem> weighed, IReadOnlyList<UserItem> judged) = Halves(split.Later);
            weights = new FusionWeightSearch(HybridModel.Of(early, _options.Fusion), weighed, _options.Metric, _options.RankSeenItems, _options.MaxCustomers, _options.Seed, cancellationToken)
                .Find(_options.Trials, _options.Seed, cancellationToken);
            steps.Done();
            HybridMember[] useful = [.. early.Select((member, at) => member with { Weight = weights[at] }).Where(member => member.Weight > 0)];
            (ladder, customers) = RankingLadder.Compare(HybridModel.Of(useful, _options.Fusion), useful, judged, _options.Metric, _options.RankSeenItems, cancellationToken);
            steps.Done();
        }
        else
        {
            steps.Done(recipes.Count + 2);
        }

        return new HybridOutcome(HybridModel.Of(Members(dataset, recipes, weights, steps, cancellationToken), _options.Fusion).WithLadder(ladder), split?.Cut, customers);
    }

    /// <summary>Some customers decide about the weights and the others about the ladder, which would flatter the hybrid where it is measured on what its weights were chosen by. A single customer decides about both.</summary>
    private (IReadOnlyList<UserItem> Weighed, IReadOnlyList<UserItem> Judged) Halves(IReadOnlyList<UserItem> later)
    {
        ILookup<bool, UserItem> halves = later.ToLookup(pair => new Occasion(0, default, default, pair.User).Draw(_options.Seed) < 0.5);
        return halves.Count == 2 ? ([.. halves[true]], [.. halves[false]]) : (later, later);
    }

    /// <summary>The members with a weight above 0.</summary>
    private static HybridMember[] Members(InteractionDataset dataset, IReadOnlyList<HybridRecipe> recipes, double[] weights, TrainingSteps steps, CancellationToken cancellationToken)
    {
        var members = new List<HybridMember>(recipes.Count);
        for (int i = 0; i < recipes.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (weights[i] > 0)
            {
                members.Add(new HybridMember(recipes[i].Name, recipes[i].Train(dataset, cancellationToken)) { Weight = weights[i] });
            }

            steps.Done();
        }

        return [.. members];
    }
}
