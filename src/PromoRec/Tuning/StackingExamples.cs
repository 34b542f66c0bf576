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

    public StackingExamples(OfferOccasion occasion, OfferStackingOptions options, FeatureSchema schema, ExampleSetBuilder examples)
    {
        _occasion = occasion;
        _options = options;
        _examples = examples;
        CompiledCatalog catalog = CompiledCatalog.Compile(occasion.Catalog);
        _state = RankingState.Compile(catalog, occasion.Model, null, options.Ranking);
        _fusion = _state.Fusion!;
        _traits = new OfferTraits(catalog, occasion.Model, OfferTargetSets.Of(catalog, occasion.Model.Items, occasion.Model.History.ItemPopularity.Span, options.Ranking.TargetSizeExponent));
        _values = new FeatureValues(schema);
    }

    public void Add()
    {
        CompiledCatalog catalog = _state.Catalog;
        long at = _occasion.At.UtcTicks;
        int[] admitted = [.. Enumerable.Range(0, catalog.Count).Where(row => catalog.ValidFrom[row] <= at && at < catalog.ValidTo[row])];
        RankScratch scratch = RankScratch.Take();
        foreach (IGrouping<UserId, UserOffer> ofUser in _occasion.Taken.GroupBy(taken => taken.User).OrderBy(group => group.Key))
        {
            HashSet<int> taken = [.. ofUser.Select(one => catalog.TryGetRow(one.Offer, out int row) ? row : -1).Where(row => Array.BinarySearch(admitted, row) >= 0)];
            if (taken.Count > 0)
            {
                Add(ofUser.Key, taken, admitted, scratch);
            }
        }

        scratch.Return();
        GC.KeepAlive(_state);
    }

    private void Add(UserId user, HashSet<int> taken, int[] admitted, RankScratch scratch)
    {
        CustomerView customer = CustomerView.Of(user, _state, activity: null);
        uint answered = _fusion.Score(customer.Known, _state.Catalog.Count, scratch);
        if (answered == 0)
        {
            return;
        }

        var circumstances = Circumstances.Of(_traits, customer, _occasion.ContextOf?.Invoke(user), _occasion.At.UtcTicks, scratch);
        FusedCandidates candidates = _fusion.Fuse(answered, _state.Catalog.Count, admitted, admitted.Length, scratch, circumstances);
        double weight = _options.EqualCustomers ? 1.0 / taken.Count : 1;
        foreach (int row in admitted)
        {
            int number = candidates.NumberOf(row);
            OfferStack.Fill(_values, _traits, row, admitted.Length, circumstances);
            for (int source = 0; source < _fusion.Sources.Length; source++)
            {
                _values.Set(StackingSchema.Score(_fusion.Names[source]), candidates.NormalisedOf(number, source));
            }

            _examples.Add(_values, taken.Contains(row), weight);
        }
    }
}
