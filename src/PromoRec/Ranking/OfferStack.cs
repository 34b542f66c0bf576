using PromoRec.Datasets.Features;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>A learnt stack over the offers of a catalog: everything that does not depend on the customer is worked out beforehand. Immutable.</summary>
internal sealed class OfferStack
{
    private readonly LinearModel _stacker;
    private readonly OfferTraits _traits;
    private readonly float[] _ofOffers;
    private readonly double _ofChoice;

    /// <param name="hybrid">A stacked hybrid.</param>
    /// <param name="offers">How many offers there are.</param>
    /// <param name="traits">Fills in what is known of an offer.</param>
    public OfferStack(HybridModel hybrid, int offers, OfferTraits traits)
    {
        _stacker = hybrid.Stacker!;
        _traits = traits;
        _ofChoice = StackingSchema.WeightOfNumber(_stacker, StackingSchema.Choice);
        _ofOffers = new float[offers];
        var values = new FeatureValues(_stacker.Schema);
        for (int row = 0; row < offers; row++)
        {
            values.Clear();
            traits.Fill(row, values);
            _ofOffers[row] = (float)_stacker.Score(values);
        }
    }

    /// <summary>How wide a choice is, as the stack sees it.</summary>
    public static double ChoiceOf(int offers) => Math.Log(1 + offers);

    /// <summary>What the offer itself adds to its log odds, with the intercept.</summary>
    public float OfOffer(int row) => _ofOffers[row];

    /// <summary>What the number of offers to choose from adds, to each of them.</summary>
    public float OfChoice(int offers) => (float)(_ofChoice * ChoiceOf(offers));

    public float ProbabilityOf(float score) => (float)_stacker.ProbabilityOf(score);

    /// <summary>Takes the log odds of an offer apart. Allocates.</summary>
    /// <param name="row">The offer.</param>
    /// <param name="offers">How many offers there are to choose from.</param>
    /// <param name="sources">The names of the sources.</param>
    /// <param name="normalised">The normalised score of each source; 0 where it has none.</param>
    public LinearExplanation Explain(int row, int offers, ReadOnlySpan<string> sources, ReadOnlySpan<float> normalised)
    {
        var values = new FeatureValues(_stacker.Schema);
        _traits.Fill(row, values);
        values.Set(StackingSchema.Choice, ChoiceOf(offers));
        for (int i = 0; i < sources.Length; i++)
        {
            values.Set(StackingSchema.Score(sources[i]), normalised[i]);
        }

        return _stacker.Explain(values);
    }
}
