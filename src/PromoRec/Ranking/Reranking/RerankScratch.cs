using PromoRec.Numerics;

namespace PromoRec.Ranking.Reranking;

/// <summary>The working memory of re-ranking, kept by its thread so that the next request allocates nothing.</summary>
internal sealed class RerankScratch
{
    private ScoredRow[] _candidates = [];
    private ScoredRow[] _entries = [];
    private double[] _utility = [];
    private double[] _likeness = [];
    private int[] _compared = [];
    private byte[] _states = [];
    private RerankValue[] _order = [];
    private RerankValue[] _forbidden = [];
    private ulong[] _keys = [];
    private ScoredRow[] _sorted = [];
    private int[] _live = [];
    private int[] _newEntries = [];
    private int[] _takenRows = [];
    private HeldBackOffer[] _heldBack = [];
    private int[] _tried = [];
    private int[] _members = [];
    private int[] _facetCounts = [];
    private int[] _merchantCounts = [];
    private int[] _merchantSeen = [];
    private int[] _served = [];
    private int[] _newRows = [];
    private RerankPick[] _picks = [];

    /// <summary>How many of each quota have places.</summary>
    public int[] QuotaCounts { get; } = new int[RerankingOptions.MostQuotas];

    /// <summary>How many of each quota are wanted at least, in the pool at hand.</summary>
    public int[] Minima { get; } = new int[RerankingOptions.MostQuotas];

    /// <summary>How many of each quota are wanted at least, as far as there are any.</summary>
    public int[] Wanted { get; } = new int[RerankingOptions.MostQuotas];

    public Span<ScoredRow> Candidates(int count) => Of(ref _candidates, count);

    public Span<ScoredRow> Entries(int count) => Of(ref _entries, count);

    public Span<double> Utility(int count) => Of(ref _utility, count);

    public Span<double> Likeness(int count) => Cleared(Of(ref _likeness, count));

    /// <summary>0, for every entry: to how many offers with places it was compared.</summary>
    public Span<int> Compared(int count) => Cleared(Of(ref _compared, count));

    public Span<RerankValue> Order(int count) => Of(ref _order, count);

    public Span<RerankValue> Forbidden(int count) => Of(ref _forbidden, count);

    public Span<ulong> Keys(int count) => Of(ref _keys, count);

    public Span<ScoredRow> Sorted(int count) => Of(ref _sorted, count);

    public Span<int> Live(int count) => Of(ref _live, count);

    public Span<int> NewEntries(int count) => Of(ref _newEntries, count);

    public Span<int> TakenRows(int count) => Of(ref _takenRows, count);

    /// <summary>The offers that a limit held back, as many as the last outcome counts.</summary>
    public Span<HeldBackOffer> HeldBack(int count) => Of(ref _heldBack, count);

    public Span<byte> States(int count) => Cleared(Of(ref _states, count));

    public Span<int> Tried(int count) => Cleared(Of(ref _tried, count));

    public Span<int> Members(int count) => Of(ref _members, count);

    public Span<int> FacetCounts(int count) => Cleared(Of(ref _facetCounts, count));

    public Span<int> MerchantCounts(int count) => Of(ref _merchantCounts, count);

    public Span<int> MerchantSeen(int count) => Cleared(Of(ref _merchantSeen, count));

    public Span<int> Served(int count) => Of(ref _served, count);

    public Span<int> NewRows(int count) => Of(ref _newRows, count);

    public Span<RerankPick> Picks(int count) => Of(ref _picks, count);

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
