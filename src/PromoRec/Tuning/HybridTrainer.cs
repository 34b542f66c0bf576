using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Hybrid;

namespace PromoRec.Tuning;

/// <summary>Trains several models, finds out on a split by time what each is worth, and puts them together.</summary>
/// <remarks>
/// <para>
/// Models are trained on the earlier events and asked for what customers took in the later ones. From that come the weights of the hybrid, and its ladder: from popularity over content, neighbours and factors to the hybrid
/// itself, a rung may serve only if it ranked better than the highest one below that serves. Then all are trained again on everything.
/// </para>
/// <para>Where no event has a time there is no later: all models then weigh the same, and all rungs serve. The same events, recipes and options give the same hybrid.</para>
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
    /// <param name="interactions">What customers did.</param>
    /// <param name="dataset">How events become datasets.</param>
    /// <param name="recipes">How the members are made, at least one.</param>
    /// <param name="cancellationToken">Ends the work between two steps.</param>
    /// <exception cref="ArgumentException">There is no recipe, or the models do not go together.</exception>
    /// <exception cref="PromoRecException">The events make no dataset.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public HybridOutcome Train(IReadOnlyList<Interaction> interactions, DatasetOptions dataset, IReadOnlyList<HybridRecipe> recipes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(recipes);
        if (recipes.Count == 0)
        {
            throw new ArgumentException("There is no recipe. Give at least one.", nameof(recipes));
        }

        double[] weights = [.. Enumerable.Repeat(1.0, recipes.Count)];
        IReadOnlyList<LadderRung> ladder = [];
        DateTimeOffset? cut = null;
        int customers = 0;
        if (interactions.Any(interaction => interaction.At.UtcTicks != 0))
        {
            InteractionSplit split = InteractionSplit.ByTimeFraction(interactions, _options.ValidationShare);
            UserItem[] test = [.. split.Test.Where(interaction => !interaction.Item.IsEmpty && dataset.Weights.TryGet(interaction.Kind, out InteractionWeight weight) && weight.Weight > 0)
                .Select(interaction => new UserItem(interaction.User, interaction.Item)).Distinct()];
            if (split.Train.Count > 0 && test.Length > 0)
            {
                HybridMember[] early = Members(Build(split.Train, dataset), recipes, weights, cancellationToken);
                weights = new FusionWeightSearch(HybridModel.Of(early), test, Math.Max(1, _options.Metric.Cutoff), _options.MaxCustomers, _options.Seed, cancellationToken)
                    .Find(_options.Trials, _options.Seed, cancellationToken);
                HybridModel tuned = HybridModel.Of([.. early.Select((member, at) => member with { Weight = weights[at] }).Where(member => member.Weight > 0)]);
                (ladder, customers) = RankingLadder.Compare(tuned, early, test, _options.Metric, cancellationToken);
                cut = split.Cut;
            }
        }

        HybridMember[] all = Members(Build(interactions, dataset), recipes, weights, cancellationToken);
        HybridModel model = HybridModel.Of([.. all.Where(member => member.Weight > 0)]);
        return new HybridOutcome(model.WithLadder(ladder), cut, customers);
    }

    private static InteractionDataset Build(IEnumerable<Interaction> events, DatasetOptions options)
    {
        var builder = new DatasetBuilder(options);
        builder.AddRange(events);
        return builder.Build();
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
