using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Evaluation;
using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary>Ranks offers through <see cref="IOfferRanker"/>, exactly as an application would.</summary>
internal sealed class OfferEvaluator : Evaluator
{
    private const int MaxCount = 10_000;

    private readonly EvaluationOptions _options;
    private readonly IReadOnlyList<RankingMetric> _metrics;
    private readonly TestRows _test;
    private readonly OfferSource _source;
    private readonly bool _keepConsumed;
    private readonly TimeProvider _time;
    private readonly Dictionary<UserId, HashSet<OfferId>>? _only;

    public OfferEvaluator(EvaluationOptions options, IReadOnlyList<RankingMetric> metrics, TestRows test, TestRows? candidates, OfferSource source, bool keepConsumed, TimeProvider time)
    {
        _options = options;
        _metrics = metrics;
        _test = test;
        _keepConsumed = keepConsumed;
        _time = time;

        // What was valid when the test began; today most offers of old data are over.
        _source = source with { At = source.At ?? test.First };
        _only = candidates is null ? null : Candidates(candidates, test);
        HashSet<OfferId> known = [.. source.Snapshot.Offers.Select(offer => offer.Id)];
        if (!test.Offers.Any(row => known.Contains(row.Offer)))
        {
            throw InputException.File(test.Path, "no row names an offer of the offers file. Compare the ids in the two files.");
        }
    }

    public override string Protocol => _only is null ? "offers" : "offer-candidates";

    public override EvaluationResult Evaluate(RecommendationModel model, ProgressLine progress, CancellationToken cancellationToken) =>
        Run(model, user => user, progress, cancellationToken);

    public override EvaluationResult EvaluatePopularity(RecommendationModel model, ProgressLine progress, CancellationToken cancellationToken)
    {
        // A customer whom the model does not know gets what is popular.
        UserId nobody = "nobody";
        while (model.ContainsUser(nobody))
        {
            nobody = $"{nobody}-";
        }

        return Run(model, _ => nobody, progress, cancellationToken);
    }

    /// <summary>
    /// How often offers were taken to which the model gave about the same probability, for customers who took one that they could be shown: ten equal parts, the lowest probabilities first. Null where it gives none.
    /// </summary>
    public IReadOnlyList<CalibrationBin>? Calibrate(RecommendationModel model, CancellationToken cancellationToken)
    {
        using var host = new RankingHost(model, _source, new HashSet<string>(), _time);
        int count = Math.Min(MaxCount, _source.Snapshot.Offers.Count);
        List<(double Probability, bool Taken)> all = [];
        foreach (IGrouping<UserId, UserOffer> ofUser in _test.Offers.GroupBy(row => row.User))
        {
            cancellationToken.ThrowIfCancellationRequested();
            HashSet<OfferId> taken = [.. ofUser.Select(row => row.Offer)];
            RankedOffer[] ranked = [.. host.Ranker.Rank(ofUser.Key, Request(ofUser.Key, count)).Where(offer => offer.Probability is not null)];
            if (ranked.Any(offer => taken.Contains(offer.Offer.Id)))
            {
                all.AddRange(ranked.Select(offer => ((double)offer.Probability!.Value, taken.Contains(offer.Offer.Id))));
            }
        }

        return all.Count == 0 ? null : CalibrationBin.Tenths(all);
    }

    private EvaluationResult Run(RecommendationModel model, Func<UserId, UserId> rankedAs, ProgressLine progress, CancellationToken cancellationToken)
    {
        using var host = new RankingHost(model, _source, new HashSet<string>(), _time);
        int count = Math.Clamp(_metrics.Any(metric => metric.Cutoff == 0) ? MaxCount : _metrics.Max(metric => metric.Cutoff), 1, Math.Min(MaxCount, _source.Snapshot.Offers.Count));
        return new RankingEvaluator(_options).EvaluateOffers(
            user => [.. host.Ranker.Rank(rankedAs(user), Request(user, count)).Select(ranked => ranked.Offer.Id)],
            _test.Offers,
            _metrics,
            new EvaluationReporter(progress),
            cancellationToken);
    }

    private RankRequest Request(UserId user, int count) => new()
    {
        Count = count,
        HideRedeemed = !_keepConsumed,
        HidePurchased = !_keepConsumed,
        WithReasons = false,
        Only = _only?[user],
    };

    private static Dictionary<UserId, HashSet<OfferId>> Candidates(TestRows candidates, TestRows test)
    {
        var only = new Dictionary<UserId, HashSet<OfferId>>();
        foreach (UserOffer row in candidates.Offers.Concat(test.Offers))
        {
            if (!only.TryGetValue(row.User, out HashSet<OfferId>? offers))
            {
                only.Add(row.User, offers = []);
            }

            offers.Add(row.Offer);
        }

        return only;
    }
}
