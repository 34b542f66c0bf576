using PromoRec.Datasets.Features;
using PromoRec.Models.Hybrid;
using PromoRec.Numerics;
using PromoRec.Ranking.Reranking;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>The working memory of one request, kept by its thread so that the next request allocates nothing.</summary>
/// <remarks>It grows to the largest catalog seen and stays: about twenty bytes an offer for each thread that ranks, and with a hybrid some eight more for each of its members.</remarks>
internal sealed class RankScratch
{
    [ThreadStatic]
    private static RankScratch? _ofThread;

    private int[] _rows = [];
    private float[] _scores = [];
    private ScoredRow[] _best = [];
    private Consumption[] _consumed = [];
    private int[] _purchasedTargets = [];
    private sbyte[] _segments = [];

    private float[] _sourceScores = [];
    private int[] _candidateNumbers = [];
    private int[] _candidateRows = [];
    private uint[] _namedBy = [];
    private float[] _terms = [];
    private float[] _scales = [];
    private float[] _besides = [];
    private float[] _ofForms = [];
    private int[] _lastDays = [];
    private int[] _inBasket = [];
    private FeatureValues? _features;

    public ScoringScratch Scoring { get; } = new();

    /// <summary>Made when first asked for: a shop that re-ranks nothing has none.</summary>
    public RerankScratch Reranking => field ??= new RerankScratch();

    /// <summary>Takes the thread's memory away from it, so that a request made from inside a request's filter gets its own.</summary>
    public static RankScratch Take()
    {
        RankScratch scratch = _ofThread ?? new RankScratch();
        _ofThread = null;
        return scratch;
    }

    public void Return() => _ofThread = this;

    public Span<int> Rows(int count) => Of(ref _rows, count);

    public Span<float> Scores(int count) => Of(ref _scores, count);

    public Span<ScoredRow> Best(int count) => Of(ref _best, count);

    /// <summary>Nothing consumed, for every offer.</summary>
    public Span<Consumption> Consumed(int count) => Cleared(Of(ref _consumed, count));

    /// <summary>0 purchased targets, for every offer.</summary>
    public Span<int> PurchasedTargets(int count) => Cleared(Of(ref _purchasedTargets, count));

    /// <summary>0, which means not known yet, for every segment.</summary>
    public Span<sbyte> Segments(int count) => Cleared(Of(ref _segments, count));

    /// <summary>The scores of all offers by all sources of a hybrid.</summary>
    public Span<float> SourceScores(int count) => Of(ref _sourceScores, count);

    /// <summary>0, which means none, for every offer.</summary>
    public Span<int> CandidateNumbers(int count) => Cleared(Of(ref _candidateNumbers, count));

    public Span<int> CandidateRows(int count) => Of(ref _candidateRows, count);

    public Span<uint> NamedBy(int count) => Of(ref _namedBy, count);

    public Span<float> Terms(int count) => Of(ref _terms, count);

    public Span<float> Besides(int count) => Of(ref _besides, count);

    public Span<float> OfForms() => Of(ref _ofForms, StackingSchema.Forms.Length);

    /// <summary>0, which means unknown, for every target set.</summary>
    public Span<int> LastDays(int count) => Cleared(Of(ref _lastDays, count));

    /// <summary>0, for every target set.</summary>
    public Span<int> InBasket(int count) => Cleared(Of(ref _inBasket, count));

    /// <summary>Values of a schema, whatever they are set to; made anew when another model comes into use.</summary>
    public FeatureValues Features(FeatureSchema schema) => ReferenceEquals(_features?.Schema, schema) ? _features! : _features = new FeatureValues(schema);

    public Span<float> Scales(int count) => Cleared(Of(ref _scales, count));

    private static Span<T> Of<T>(ref T[] array, int count)
    {
        if (array.Length < count)
        {
            array = new T[Math.Max(count, array.Length * 2)];
        }

        return array.AsSpan(0, count);
    }

    private static Span<T> Cleared<T>(Span<T> span)
    {
        span.Clear();
        return span;
    }
}
