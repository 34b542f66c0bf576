using PromoRec.Cli.Output;
using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;
using PromoRec.Ranking;
using PromoRec.Tuning;

namespace PromoRec.Cli.Commands;

/// <summary>Trains a hybrid that learns from offers which customers took how much each of its members counts.</summary>
/// <remarks>
/// The later part of the events is cut at several moments. At each, members are trained on what was before, and what was redeemed until the next one says which of the offers that were valid then were taken. What was learnt of all
/// moments but the last is compared with its members at the last, which gives the ladder; then it is learnt of all of them, and members are trained on everything.
/// </remarks>
/// <param name="members">What its members are called, and what trains them.</param>
/// <param name="offers">The offers and items that there are, and who is in which segment.</param>
/// <param name="share">The share of the events, the latest, that is cut.</param>
/// <param name="moments">How many moments there are.</param>
/// <param name="repeats">Whether what customers redeemed or purchased already is shown to them again.</param>
internal sealed class StackedHybrid((string Name, ModelTrainer Train)[] members, OfferSource offers, double share, int moments, bool repeats)
{
    private readonly RankingMetric _metric = new(RankingMetricKind.Ndcg, 10);
    private readonly RankingOptions _ranking = new() { TargetSizeExponent = offers.TargetSizeExponent };

    /// <exception cref="PromoRecException">The interactions have no times, or say of no offer that it was taken.</exception>
    public RecommendationModel Train(TrainingSet data, ITrainingListener progress, CancellationToken cancellationToken)
    {
        List<OfferOccasion> occasions = Occasions(data, progress, cancellationToken);
        (IReadOnlyList<LadderRung> ladder, int judges) = Compare(occasions, cancellationToken);
        LinearModel stacker;
        try
        {
            stacker = Stack(occasions, cancellationToken);
        }
        catch (PromoRecException fault) when (!repeats && fault.Code == PromoRecErrorCode.InvalidDataset)
        {
            throw new PromoRecException(fault.Code, $"{fault.Message} Where the same things are bought again, --repeats counts offers of what customers have already.", fault);
        }

        HybridModel model = HybridModel.Stacked(Members(data, string.Empty, isTrial: false, progress, cancellationToken), stacker).WithLadder(ladder);
        progress.Joined(HybridReport.Of(model, _metric.ToString(), ladder.Count > 0 ? occasions[^1].At : null, judges, Describe(occasions, ladder)));
        return model;
    }

    private StackingReport Describe(List<OfferOccasion> occasions, IReadOnlyList<LadderRung> ladder) => new()
    {
        Occasions = [.. occasions.Select(occasion => new StackingOccasionEntry(occasion.At, CustomersOf(occasion), occasion.Taken.Count))],
        Warning = ladder.Count == 0 ? "offers were taken at one moment only, so nothing says whether the hybrid ranks better than its members: every tier serves. Give more redemptions, or try --validation 0.5."
            : offers.Snapshot.Offers.All(offer => offer.ValidFrom is null && offer.ValidTo is null) ? "no offer says when it is valid, so each counts as one that could have been taken at every moment. Give the offers file the columns valid_from and valid_to."
            : null,
    };

    /// <summary>The moments at which something was taken that was there, in the order of time.</summary>
    private List<OfferOccasion> Occasions(TrainingSet data, ITrainingListener progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<Interaction> interactions = data.Interactions ?? throw new InvalidOperationException("The interactions were not kept.");
        if (interactions.All(interaction => interaction.At.UtcTicks == 0))
        {
            throw new PromoRecException(PromoRecErrorCode.InvalidDataset, "A stacked hybrid learns from what was taken after a moment, but the interactions have no times. Give the rows times in the column 'at', or choose --fusion weighted.");
        }

        Dictionary<OfferId, Offer> known = offers.Snapshot.Offers.ToDictionary(offer => offer.Id);
        var split = InteractionSplit.ByTimeFraction(interactions, share);
        List<DateTimeOffset> cuts = Cuts(split);
        RankRequest request = new() { HideRedeemed = !repeats, HidePurchased = !repeats };
        var customers = new FileCustomerDirectory(offers.Segments, new HashSet<string>());
        List<OfferOccasion> occasions = [];
        for (int i = 0; i < cuts.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (DateTimeOffset from, DateTimeOffset until) = (cuts[i], i + 1 < cuts.Count ? cuts[i + 1] : DateTimeOffset.MaxValue);
            UserOffer[] taken = [.. split.Test.Where(interaction => interaction.At >= from && interaction.At < until && IsTaken(interaction, known, from)).Select(interaction => new UserOffer(interaction.User, interaction.Offer)).Distinct()];
            List<Interaction> before = [.. split.Train, .. split.Test.Where(interaction => interaction.At < from)];
            if (taken.Length == 0 || before.Count == 0)
            {
                continue;
            }

            var builder = new DatasetBuilder(data.Options);
            builder.AddRange(before);
            InteractionDataset history = builder.Build(cancellationToken);
            if (history.Count > 0)
            {
                string moment = $"moment {i + 1} of {cuts.Count}";
                HybridModel model = HybridModel.Of(Members(new TrainingSet(history, data.Options), $"{moment}, ", isTrial: true, progress, cancellationToken));
                progress.Say($"{moment}, {TimeSplit.TimeOf(from)}: {Quantity.Count(taken.Length, "offer was", "offers were")} taken until the next");
                occasions.Add(new OfferOccasion(model, offers.Snapshot, taken, from) { RequestOf = _ => request, Customers = customers });
            }
        }

        return occasions.Count > 0 ? occasions : throw NothingTaken(interactions, known, cuts[0]);
    }

    private static PromoRecException NothingTaken(IReadOnlyList<Interaction> interactions, Dictionary<OfferId, Offer> known, DateTimeOffset begin)
    {
        Interaction[] taken = [.. interactions.Where(NamesTaken)];
        int ofFile = taken.Count(interaction => known.ContainsKey(interaction.Offer));
        string what = taken.Length == 0 ? "no row of the interactions is a redemption, or a purchase, that names an offer. Name the offers in the column 'offer'"
            : ofFile == 0 ? $"none of {Quantity.Count(taken.Length, "redemption", "redemptions")} names an offer of the offers file. Compare the ids in the two files"
            : $"of {Quantity.Count(ofFile, "redemption", "redemptions")} none is of an offer that was valid at one of the moments, the first of which is {TimeSplit.TimeOf(begin)}. Begin earlier with --validation 0.5, or take more of them with --occasions";
        return new PromoRecException(PromoRecErrorCode.InvalidDataset, $"There is nothing to stack a hybrid on: {what}.");
    }

    /// <summary>Moments with as many events from each to the next.</summary>
    private List<DateTimeOffset> Cuts(InteractionSplit split)
    {
        DateTimeOffset[] times = [.. split.Test.Select(interaction => interaction.At).Order()];
        return [.. Enumerable.Range(0, moments).Select(moment => times[(int)((long)moment * times.Length / moments)]).Distinct()];
    }

    private static bool IsTaken(Interaction interaction, Dictionary<OfferId, Offer> known, DateTimeOffset at) =>
        NamesTaken(interaction) && known.TryGetValue(interaction.Offer, out Offer? offer) && !(offer.ValidFrom > at) && !(offer.ValidTo <= at);

    /// <summary>A negative value is a return.</summary>
    private static bool NamesTaken(Interaction interaction) =>
        (interaction.Kind == InteractionKind.Redeem || interaction.Kind == InteractionKind.Purchase) && !interaction.Offer.IsEmpty && interaction.Value >= 0;

    private HybridMember[] Members(TrainingSet data, string prefix, bool isTrial, ITrainingListener progress, CancellationToken cancellationToken) => Array.ConvertAll(members, member =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress.Begin($"{prefix}{member.Name}", isTrial);
        return new HybridMember(member.Name, member.Train(data, progress, cancellationToken));
    });

    /// <summary>What was learnt of the earlier moments against its members at the last one; nothing where that cannot be.</summary>
    private (IReadOnlyList<LadderRung> Ladder, int Customers) Compare(List<OfferOccasion> occasions, CancellationToken cancellationToken)
    {
        if (occasions.Count < 2)
        {
            return ([], 0);
        }

        LinearModel earlier;
        try
        {
            earlier = Stack(occasions[..^1], cancellationToken);
        }
        catch (PromoRecException fault) when (fault.Code == PromoRecErrorCode.InvalidDataset)
        {
            return ([], 0);
        }

        OfferOccasion last = occasions[^1];
        return (OfferLadder.Compare(last with { Model = HybridModel.Stacked(last.Model.Members, earlier) }, _metric, _ranking, cancellationToken), CustomersOf(last));
    }

    private LinearModel Stack(List<OfferOccasion> occasions, CancellationToken cancellationToken) =>
        new OfferStackingTrainer(new OfferStackingOptions { Ranking = _ranking }).Train(occasions, cancellationToken: cancellationToken);

    private static int CustomersOf(OfferOccasion occasion) => occasion.Taken.Select(taken => taken.User).Distinct().Count();
}
