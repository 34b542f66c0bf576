using PromoRec.Candidates;
using PromoRec.Datasets.Features;
using PromoRec.Evaluation;
using PromoRec.Models.Hybrid;
using PromoRec.Ranking;
using PromoRec.Scoring;

namespace PromoRec.Tuning;

/// <summary>The examples of one occasion.</summary>
internal sealed class StackingExamples
{
    private readonly OfferOccasion _occasion;
    private readonly OfferStackingOptions _options;
    private readonly ExampleSetBuilder _examples;
    private readonly RankingState _state;
    private readonly OfferFusion _fusion;
    private readonly OfferTraits _traits;
    private readonly FeatureValues _values;
    private readonly string[] _scores;

    public StackingExamples(OfferOccasion occasion, OfferStackingOptions options, FeatureSchema schema, ExampleSetBuilder examples)
    {
        _occasion = occasion;
        _options = options;
        _examples = examples;
        CompiledCatalog catalog = CompiledCatalog.Compile(occasion.Catalog);

        // What the members say is to be learnt from, whether or not the hybrid may answer as it is, and whatever was learnt of them before.
        var model = HybridModel.Of(occasion.Model.Members);
        _state = RankingState.Compile(catalog, model, null, options.Ranking, scale: options.Scale);
        _fusion = _state.Fusion!;
        _traits = new OfferTraits(catalog, model, OfferTargetSets.Of(catalog, model.Items, model.History.ItemPopularity.Span, options.Ranking.TargetSizeExponent));
        _values = new FeatureValues(schema);
        _scores = Array.ConvertAll(_fusion.Names, name => StackingSchema.Score(name, options.Scale));
    }

    public void Add()
    {
        RankScratch scratch = RankScratch.Take();
        foreach (IGrouping<UserId, UserOffer> ofUser in _occasion.Taken.GroupBy(taken => taken.User).OrderBy(group => group.Key))
        {
            Add(ofUser.Key, [.. ofUser.Select(one => one.Offer)], scratch);
        }

        scratch.Return();
        GC.KeepAlive(_state);
    }

    private void Add(UserId user, HashSet<OfferId> taken, RankScratch scratch)
    {
        CompiledCatalog catalog = _state.Catalog;
        RankRequest request = _occasion.RequestOf?.Invoke(user) ?? OfferOccasion.Everything;
        CustomerView customer = CustomerView.Of(user, _state, activity: null, _occasion.Customers);
        var filter = new OfferFilter(catalog, user, request, _occasion.At.UtcTicks, _occasion.Customers, ConsumptionMarks.Find(_state, customer, scratch), scratch.Segments(catalog.SegmentNames.Length));
        var admitted = new List<int>();
        int takenCount = 0;
        for (int row = 0; row < catalog.Count; row++)
        {
            if (filter.Admits(row))
            {
                admitted.Add(row);
                takenCount += taken.Contains(catalog.Offers[row].Id) ? 1 : 0;
            }
        }

        uint answered = takenCount > 0 ? _fusion.Score(customer.Known, catalog.Count, scratch) : 0;
        if (answered == 0)
        {
            return;
        }

        var circumstances = Circumstances.Of(_traits, customer, request.Context, _occasion.At.UtcTicks, scratch);
        FusedCandidates candidates = _fusion.Fuse(answered, catalog.Count, admitted.ToArray(), filter.Choice, admitted.Count, scratch, circumstances);
        double weight = _options.EqualCustomers ? 1.0 / takenCount : 1;
        foreach (int row in admitted)
        {
            int number = candidates.NumberOf(row);
            OfferStack.Fill(_values, _traits, row, filter.Choice, circumstances);
            foreach (string name in _options.LeftOut)
            {
                _values.Unset(name);
            }

            for (int source = 0; source < _fusion.Sources.Length; source++)
            {
                _values.Set(_scores[source], candidates.NormalisedOf(number, source));
            }

            _examples.Add(_values, taken.Contains(catalog.Offers[row].Id), weight);
        }
    }
}
