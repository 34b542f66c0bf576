using System.Numerics.Tensors;
using PromoRec.Models.Hybrid;
using PromoRec.Numerics;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>Puts several scorers together: each names its best offers, and what they say about the offers that were named is added up. Immutable.</summary>
internal sealed class OfferFusion
{
    private readonly OfferSource[] _sources;
    private readonly uint _personal;
    private readonly bool _servesStrangers;
    private readonly float[]? _overallScales;

    /// <param name="sources">The scorers, with their parts.</param>
    /// <param name="kind">How their scores become one.</param>
    /// <param name="stack">What was learnt of them, where they are stacked.</param>
    /// <param name="servesStrangers">Whether it answers where only sources of popularity do.</param>
    /// <param name="overallScales">By what the scores of each source are divided, for all customers alike; null for each customer's own largest.</param>
    public OfferFusion(OfferSource[] sources, HybridFusion kind, OfferStack? stack, bool servesStrangers, float[]? overallScales)
    {
        _overallScales = overallScales;
        _servesStrangers = servesStrangers;
        _sources = sources;
        Kind = kind;
        Stack = stack;
        Names = Array.ConvertAll(sources, source => source.Name);
        for (int i = 0; i < sources.Length; i++)
        {
            _personal |= sources[i].Scorer.Tier > RankTier.Popularity ? 1u << i : 0;
        }
    }

    public ReadOnlySpan<OfferSource> Sources => _sources;

    /// <summary>How the scores become one.</summary>
    public HybridFusion Kind { get; }

    /// <summary>Null unless the sources are stacked.</summary>
    public OfferStack? Stack { get; }

    /// <summary>The names of the sources, by number.</summary>
    public string[] Names { get; }

    /// <summary>Scores all offers with every source that knows enough.</summary>
    /// <param name="customer">What is known of the customer.</param>
    /// <param name="offers">How many offers there are.</param>
    /// <param name="scratch">Takes the scores, one source after the other.</param>
    /// <returns>The sources that answered; none where this is not asked of them.</returns>
    public uint Score(in KnownCustomer customer, int offers, RankScratch scratch)
    {
        Span<float> scores = scratch.SourceScores(_sources.Length * offers);
        uint answered = 0;
        for (int i = 0; i < _sources.Length; i++)
        {
            answered |= _sources[i].Scorer.TryScore(customer, scratch.Scoring, scores.Slice(i * offers, offers)) ? 1u << i : 0;
        }

        return IsPersonal(answered) || _servesStrangers ? answered : 0;
    }

    /// <summary>Whether more than popularity answered.</summary>
    public bool IsPersonal(uint answered) => (answered & _personal) != 0;

    /// <summary>What a stack looks at beside the scores; nothing where there is none.</summary>
    public Circumstances CircumstancesOf(in CustomerView customer, RankContext? context, long nowTicks, RankScratch scratch) =>
        Stack is null ? default : Circumstances.Of(Stack.Traits, customer, context, nowTicks, scratch, Stack.Needed);

    /// <summary>What is weighted of a source's score, where it is not its rank that counts.</summary>
    public float Normalised(float score, float scale) => Normalised(Kind, score, scale);

    /// <summary>What a stack looks at, whether one was learnt or is to be.</summary>
    public float Stacked(float score, float scale) => Normalised(HybridFusion.Stacked, score, scale);

    /// <summary>Names candidates among the offers that may be shown, and adds up what the sources say of them.</summary>
    /// <param name="answered">The sources that answered.</param>
    /// <param name="offers">How many offers there are.</param>
    /// <param name="admitted">The rows of the offers that may be shown, ascending.</param>
    /// <param name="choice">How many offers the customer could be shown, whatever this request asks for.</param>
    /// <param name="wanted">How many offers are wanted: no source names fewer, as long as it has something to say.</param>
    /// <param name="scratch">Holds the scores, and takes the candidates with their terms.</param>
    /// <param name="circumstances">What a stack looks at beside the scores.</param>
    /// <param name="also">Rows of offers that become candidates whoever names them.</param>
    /// <returns>The candidates.</returns>
    public FusedCandidates Fuse(uint answered, int offers, ReadOnlySpan<int> admitted, int choice, int wanted, RankScratch scratch, in Circumstances circumstances, ReadOnlySpan<int> also = default)
    {
        var candidates = new FusedCandidates(this, scratch, circumstances, offers, admitted.Length, answered);
        for (int i = 0; i < _sources.Length; i++)
        {
            if ((answered & (1u << i)) == 0)
            {
                continue;
            }

            ReadOnlySpan<float> scores = candidates.ScoresOf(i);
            var top = new TopK(scratch.Best(QuotaOf(i, wanted, admitted.Length)));
            top.AddRows(admitted, scores);

            int count = top.Finish();
            ReadOnlySpan<ScoredRow> named = scratch.Best(count);
            for (int place = 0; place < count && named[place].Score > 0; place++)
            {
                float term = Kind == HybridFusion.ReciprocalRank ? FusionTerms.ReciprocalRank(_sources[i].Weight, place) : 0;
                candidates.Name(named[place].Row, i, term);
            }

            // By the whole catalog, so that what an offer scores does not depend on which others are asked for.
            candidates.SetScale(i, _overallScales is null ? FusionTerms.Scale(scores.IsEmpty ? 0 : TensorPrimitives.MaxNumber(scores)) : _overallScales[i]);
        }

        // Where nobody has something to say, the order of the ids decides, as everywhere.
        for (int i = 0; i < admitted.Length && candidates.Count < Math.Min(wanted, admitted.Length); i++)
        {
            candidates.Complete(admitted[i]);
        }

        foreach (int row in also)
        {
            candidates.Complete(row);
        }

        if (Kind != HybridFusion.ReciprocalRank)
        {
            candidates.AddTerms();
        }

        if (Stack is { } stack)
        {
            Span<float> ofForms = scratch.OfForms();
            if (circumstances.HasContext)
            {
                stack.AddUpContext(circumstances, scratch.Features(stack.Schema), ofForms);
            }

            candidates.AddBesides(stack, choice, ofForms);
        }

        return candidates;
    }

    /// <summary>How many offers a source may name.</summary>
    public int QuotaOf(int source, int wanted, int admitted) => Math.Min(Math.Max(_sources[source].Quota, wanted), admitted);

    private float Normalised(HybridFusion kind, float score, float scale) => _overallScales is null ? FusionTerms.Normalised(kind, score, scale) : FusionTerms.StackedBySize(score, scale);
}
