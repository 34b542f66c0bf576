using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Models.Hybrid;

namespace PromoRec.Tuning;

/// <summary>Trains several models, finds out on events held out what each is worth, and puts them together.</summary>
/// <remarks>
/// <para>
/// Models are trained on the earlier events and asked for what customers took in the later ones. From that come the weights of the hybrid, and its ladder: from popularity over content, neighbours and factors to the hybrid
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

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How; the defaults unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public HybridTrainer(HybridOptions? options = null)
    {
        _options = (options ?? new HybridOptions()).Copy();
        _options.Validate();
    }

    /// <summary>Trains a hybrid.</summary>
    /// <param name="dataset">The interactions, built with <see cref="DatasetOptions.KeepEvents"/>: what is early and what is late is a matter of single events.</param>
    /// <param name="recipes">How the members are made, at least one.</param>
    /// <param name="cancellationToken">Ends the work between two steps.</param>
    /// <exception cref="ArgumentException">The dataset keeps no events, there is no recipe, or the models do not go together.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public HybridOutcome Train(InteractionDataset dataset, IReadOnlyList<HybridRecipe> recipes, CancellationToken cancellationToken = default)
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
        var split = DatasetSplit.Of(dataset, _options.ValidationShare, _options.Seed);
        if (split is not null)
        {
            HybridMember[] early = Members(split.Early, recipes, weights, cancellationToken);
            weights = new FusionWeightSearch(HybridModel.Of(early), split.Later, Math.Max(1, _options.Metric.Cutoff), _options.MaxCustomers, _options.Seed, cancellationToken)
                .Find(_options.Trials, _options.Seed, cancellationToken);
            HybridModel tuned = HybridModel.Of([.. early.Select((member, at) => member with { Weight = weights[at] }).Where(member => member.Weight > 0)]);
            (ladder, customers) = RankingLadder.Compare(tuned, early, split.Later, _options.Metric, cancellationToken);
        }

        HybridMember[] all = Members(dataset, recipes, weights, cancellationToken);
        HybridModel model = HybridModel.Of([.. all.Where(member => member.Weight > 0)]);
        return new HybridOutcome(model.WithLadder(ladder), split?.Cut, customers);
    }

    /// <summary>The members; those that did not help have weight 0.</summary>
    private static HybridMember[] Members(InteractionDataset dataset, IReadOnlyList<HybridRecipe> recipes, double[] weights, CancellationToken cancellationToken)
    {
        var members = new HybridMember[recipes.Count];
        for (int i = 0; i < members.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RecommendationModel model = recipes[i].Train(dataset, cancellationToken);
            members[i] = new HybridMember(recipes[i].Name, model) { Weight = weights[i] };
        }

        return members;
    }
}
