using System.Numerics.Tensors;

namespace PromoRec.Ranking;

/// <summary>The offers that sources named for one request, with what each source says of them. Lies in the scratch of the request.</summary>
internal ref struct FusedCandidates
{
    private readonly OfferFusion _fusion;
    private readonly Circumstances _circumstances;
    private readonly int _offers;
    private readonly uint _answered;
    private readonly ReadOnlySpan<float> _scores;
    private readonly Span<int> _numbers;
    private readonly Span<int> _rows;
    private readonly Span<uint> _namedBy;
    private readonly Span<float> _terms;
    private readonly Span<float> _besides;
    private ReadOnlySpan<float> _ofForms;
    private readonly Span<float> _scales;

    public FusedCandidates(OfferFusion fusion, RankScratch scratch, in Circumstances circumstances, int offers, int admitted, uint answered)
    {
        int sources = fusion.Sources.Length;
        _fusion = fusion;
        _circumstances = circumstances;
        _offers = offers;
        _answered = answered;
        _scores = scratch.SourceScores(sources * offers);
        _numbers = scratch.CandidateNumbers(offers);
        _rows = scratch.CandidateRows(admitted);
        _namedBy = scratch.NamedBy(admitted);
        _terms = scratch.Terms(admitted * sources);
        _besides = fusion.Stack is null ? [] : scratch.Besides(admitted);
        _scales = scratch.Scales(sources);
    }

    public int Count { get; private set; }

    /// <summary>The rows of the candidates, in the order in which they were named.</summary>
    public readonly ReadOnlySpan<int> Rows => _rows[..Count];

    /// <summary>What a source says about every offer.</summary>
    public readonly ReadOnlySpan<float> ScoresOf(int source) => _scores.Slice(source * _offers, _offers);

    /// <summary>The number of a candidate, or -1.</summary>
    public readonly int NumberOf(int row) => _numbers[row] - 1;

    /// <summary>What each source adds to a candidate's score.</summary>
    public readonly ReadOnlySpan<float> TermsOf(int number) => _terms.Slice(number * _scales.Length, _scales.Length);

    /// <summary>The normalised score that a stack looks at.</summary>
    public readonly float NormalisedOf(int number, int source) =>
        (_answered & (1u << source)) == 0 ? 0 : _fusion.Stacked(ScoresOf(source)[_rows[number]], _scales[source]);

    public readonly RankSources SourcesOf(int number) => new(_fusion.Names, _namedBy[number]);

    /// <summary>What the sources add, and for a stack what everything else adds.</summary>
    public readonly float ScoreOf(int number) => TensorPrimitives.Sum(TermsOf(number)) + (_besides.IsEmpty ? 0 : _besides[number]);

    /// <summary>By what a source's scores are divided.</summary>
    public readonly float ScaleOf(int source) => _scales[source];

    public readonly void SetScale(int source, float scale) => _scales[source] = scale;

    /// <summary>A source names an offer.</summary>
    public void Name(int row, int source, float term)
    {
        int number = Add(row);
        _namedBy[number] |= 1u << source;
        _terms[(number * _scales.Length) + source] = term;
    }

    /// <summary>Takes in an offer that nobody named; one that was named stays as it is.</summary>
    public void Complete(int row) => Add(row);

    /// <summary>Every source that answered speaks of every candidate, whoever named it.</summary>
    public readonly void AddTerms()
    {
        for (int source = 0; source < _scales.Length; source++)
        {
            if ((_answered & (1u << source)) == 0)
            {
                continue;
            }

            ReadOnlySpan<float> scores = ScoresOf(source);
            float weight = _fusion.Sources[source].Weight;
            for (int number = 0; number < Count; number++)
            {
                _terms[(number * _scales.Length) + source] = weight * _fusion.Normalised(scores[_rows[number]], _scales[source]);
            }
        }
    }

    /// <summary>What a stack learnt of offers, customers and the moment, beside the scores.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="choice">How many offers the customer could be shown.</param>
    /// <param name="ofForms">What the context adds to each form of offer.</param>
    public void AddBesides(OfferStack stack, int choice, ReadOnlySpan<float> ofForms)
    {
        _ofForms = ofForms;
        float ofAll = stack.OfAll(choice, _circumstances);
        for (int number = 0; number < Count; number++)
        {
            _besides[number] = stack.Of(_rows[number], _circumstances, ofForms) + ofAll;
        }
    }

    /// <summary>What, beside the scores, speaks most for an offer; nothing where no stack does.</summary>
    public readonly RankReason? SignalOf(int row) => _fusion.Stack?.SignalOf(row, _circumstances, _ofForms);

    private int Add(int row)
    {
        if (_numbers[row] == 0)
        {
            _rows[Count] = row;
            _namedBy[Count] = 0;
            _terms.Slice(Count * _scales.Length, _scales.Length).Clear();
            _numbers[row] = ++Count;
        }

        return _numbers[row] - 1;
    }
}
