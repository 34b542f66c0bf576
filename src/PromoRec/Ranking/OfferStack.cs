using PromoRec.Datasets.Features;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>A learnt stack over the offers of a catalog: everything that does not depend on the customer is worked out beforehand. Immutable.</summary>
internal sealed class OfferStack
{
    private readonly LinearModel _stacker;
    private readonly StackingScale _scale;
    private readonly float[] _ofOffers;
    private readonly float[] _ofForms;
    private readonly RankReason?[] _signals;
    private readonly double _ofChoice;
    private readonly float _ofAimAtBasket;
    private readonly BucketWeights _ofPriceFit;
    private readonly BucketWeights _ofDaysSinceTarget;
    private readonly BucketWeights _ofDaysSinceAnything;
    private readonly BucketWeights _ofBasketReach;

    /// <param name="hybrid">A stacked hybrid.</param>
    /// <param name="offers">How many offers there are.</param>
    /// <param name="traits">Fills in what is known of an offer.</param>
    public OfferStack(HybridModel hybrid, int offers, OfferTraits traits)
    {
        _stacker = hybrid.Stacker!;
        _scale = StackingSchema.ScaleOf(_stacker.Schema);
        Traits = traits;
        _ofChoice = StackingSchema.WeightOfNumber(_stacker, StackingSchema.Choice);
        double ofAimAtBasket = StackingSchema.WeightOfNumber(_stacker, StackingSchema.AimsAtBasket);
        _ofAimAtBasket = (float)ofAimAtBasket;
        _ofPriceFit = new BucketWeights(_stacker, StackingSchema.PriceFit);
        _ofDaysSinceTarget = new BucketWeights(_stacker, StackingSchema.DaysSinceTarget);
        _ofDaysSinceAnything = new BucketWeights(_stacker, StackingSchema.DaysSinceAnything);
        _ofBasketReach = new BucketWeights(_stacker, StackingSchema.BasketReach);
        Needed = (_ofDaysSinceTarget.AreZero && _ofDaysSinceAnything.AreZero ? CircumstanceKinds.None : CircumstanceKinds.Days)
            | (_ofPriceFit.AreZero ? CircumstanceKinds.None : CircumstanceKinds.Prices)
            | (ofAimAtBasket == 0 ? CircumstanceKinds.None : CircumstanceKinds.Basket);
        _ofOffers = new float[offers];
        _signals = new RankReason?[offers];
        var values = new FeatureValues(_stacker.Schema);
        for (int row = 0; row < offers; row++)
        {
            values.Clear();
            traits.Fill(row, values);
            _ofOffers[row] = (float)_stacker.Score(values);
            _signals[row] = Strongest(values);
        }

        _ofForms = new float[StackingSchema.Forms.Length];
        for (int form = 0; form < _ofForms.Length; form++)
        {
            values.Clear();
            _ofForms[form] = (float)_stacker.Score(values.Set(StackingSchema.Form, StackingSchema.Forms[form]));
        }
    }

    /// <summary>What is known of the offers.</summary>
    public OfferTraits Traits { get; }

    /// <summary>What of a request has a weight that is not 0; the rest need not be found out.</summary>
    public CircumstanceKinds Needed { get; }

    /// <summary>The features.</summary>
    public FeatureSchema Schema => _stacker.Schema;

    /// <summary>What an offer and the customer's circumstances add to its log odds, with the intercept: everything but the scores, and what is the same for all offers.</summary>
    /// <param name="row">The offer.</param>
    /// <param name="circumstances">Those of the request.</param>
    /// <param name="ofForms">What the context adds to each form of offer.</param>
    public float Of(int row, in Circumstances circumstances, ReadOnlySpan<float> ofForms)
    {
        float sum = _ofOffers[row] + _ofPriceFit.Of(circumstances.PriceFit(row)) + _ofDaysSinceTarget.Of(circumstances.DaysSinceTarget(row));
        return circumstances.HasContext
            ? sum + ofForms[Traits.FormOf(row)] + (_ofAimAtBasket * (float)circumstances.AimsAtBasket(row)) + _ofBasketReach.Of(circumstances.BasketReach(row))
            : sum;
    }

    /// <summary>What is the same for all offers: how many the customer could be shown, and how long ago they did anything.</summary>
    public float OfAll(int choice, in Circumstances circumstances) => (float)(_ofChoice * Math.Log(1 + choice)) + _ofDaysSinceAnything.Of(circumstances.DaysSinceAnything);

    /// <summary>Works out what the context adds to each form of offer.</summary>
    /// <param name="circumstances">Those of the request.</param>
    /// <param name="values">Room for the features.</param>
    /// <param name="ofForms">Takes a number for each form.</param>
    public void AddUpContext(in Circumstances circumstances, FeatureValues values, Span<float> ofForms)
    {
        for (int form = 0; form < ofForms.Length; form++)
        {
            values.Clear();
            circumstances.FillContext(values.Set(StackingSchema.Form, StackingSchema.Forms[form]));
            ofForms[form] = (float)_stacker.Score(values) - _ofForms[form];
        }
    }

    /// <summary>What, beside the scores, adds most to an offer's log odds; null where nothing adds.</summary>
    public RankReason? SignalOf(int row, in Circumstances circumstances, ReadOnlySpan<float> ofForms)
    {
        RankReason? strongest = _signals[row];
        Compare(StackingSchema.PriceFit, _ofPriceFit.Of(circumstances.PriceFit(row)));
        Compare(StackingSchema.DaysSinceTarget, _ofDaysSinceTarget.Of(circumstances.DaysSinceTarget(row)));
        if (circumstances.HasContext)
        {
            Compare(StackingSchema.Context, ofForms[Traits.FormOf(row)]);
            Compare(StackingSchema.AimsAtBasket, _ofAimAtBasket * (float)circumstances.AimsAtBasket(row));
            Compare(StackingSchema.BasketReach, _ofBasketReach.Of(circumstances.BasketReach(row)));
        }

        return strongest;

        void Compare(string name, float contribution)
        {
            if (contribution > (strongest?.Weight ?? 0))
            {
                strongest = new RankReason(RankReasonKind.Signal, default, contribution, name);
            }
        }
    }

    public float ProbabilityOf(float score) => (float)_stacker.ProbabilityOf(score);

    /// <summary>Takes the log odds of an offer apart. Allocates.</summary>
    /// <param name="row">The offer.</param>
    /// <param name="choice">How many offers the customer could be shown.</param>
    /// <param name="circumstances">Those of the request.</param>
    /// <param name="sources">The names of the sources.</param>
    /// <param name="normalised">The normalised score of each source; 0 where it has none.</param>
    public LinearExplanation Explain(int row, int choice, in Circumstances circumstances, ReadOnlySpan<string> sources, ReadOnlySpan<float> normalised)
    {
        var values = new FeatureValues(_stacker.Schema);
        Fill(values, Traits, row, choice, circumstances);
        for (int i = 0; i < sources.Length; i++)
        {
            values.Set(StackingSchema.Score(sources[i], _scale), normalised[i]);
        }

        return _stacker.Explain(values);
    }

    /// <summary>Sets every field but the scores. The examples of training are made by the same code.</summary>
    public static void Fill(FeatureValues values, OfferTraits traits, int row, int choice, in Circumstances circumstances)
    {
        values.Clear();
        traits.Fill(row, values);
        circumstances.Fill(row, values);
        values.Set(StackingSchema.Choice, Math.Log(1 + choice));
    }

    private RankReason? Strongest(FeatureValues values)
    {
        foreach (FeatureContribution one in _stacker.Explain(values).Contributions)
        {
            if (one.Contribution > 0)
            {
                return new RankReason(RankReasonKind.Signal, default, (float)one.Contribution, one.Feature.Split('=')[0]);
            }
        }

        return null;
    }
}
