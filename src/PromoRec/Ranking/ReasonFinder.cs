using PromoRec.Datasets;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>Says why an offer stands where it stands: what the scorers say speaks for it, and what holds for everybody.</summary>
internal readonly ref struct ReasonFinder
{
    /// <summary>An offer that ends within this time says so.</summary>
    public static readonly TimeSpan EndingSoon = TimeSpan.FromDays(2);

    /// <summary>An offer that began within this time is new.</summary>
    public static readonly TimeSpan New = TimeSpan.FromDays(7);

    private readonly RankingState _state;
    private readonly KnownCustomer _customer;
    private readonly PastItems _past;
    private readonly bool _wanted;
    private readonly long _nowTicks;

    public ReasonFinder(RankingState state, in KnownCustomer customer, bool wanted, long nowTicks, RankScratch scratch)
    {
        _state = state;
        _customer = customer;
        _wanted = wanted;
        _nowTicks = nowTicks;
        _past = wanted ? PastItems.Strongest(customer, scratch.Scoring) : default;
    }

    /// <summary>The reasons of an offer that one scorer scored.</summary>
    public RankReasons Find(OfferScorer scorer, int row, float score)
    {
        if (!_wanted)
        {
            return default;
        }

        ReasonRoom room = RoomFor(row, scorer.Tier == RankTier.Popularity ? score > 0 : scorer.Tier > RankTier.Popularity && _state.Popularity.IsPopular(row), out RankReasons general);
        scorer.AddReasons(_customer, _past, row, score, ref room);

        return Join(room.Reasons, general);
    }

    /// <summary>The reasons of an offer that several sources scored: those of the source that adds most come first.</summary>
    /// <param name="fusion">The sources.</param>
    /// <param name="terms">What each adds.</param>
    /// <param name="row">The offer.</param>
    /// <param name="signal">What speaks for it beside the sources, if anything.</param>
    public RankReasons Find(OfferFusion fusion, ReadOnlySpan<float> terms, int row, RankReason? signal)
    {
        if (!_wanted)
        {
            return default;
        }

        ReasonRoom room = RoomFor(row, _state.Popularity.IsPopular(row), out RankReasons general);
        uint asked = 0;
        while (room.Left > 0 && Strongest(terms, asked) is >= 0 and int source)
        {
            asked |= 1u << source;
            fusion.Sources[source].Scorer.AddReasons(_customer, _past, row, terms[source], ref room);
        }

        if (signal is { } one)
        {
            room.Add(one);
        }

        return Join(room.Reasons, general);
    }

    /// <summary>The source with the largest term above zero of those that were not asked, or -1.</summary>
    private static int Strongest(ReadOnlySpan<float> terms, uint asked)
    {
        int strongest = -1;
        for (int source = 0; source < terms.Length; source++)
        {
            if ((asked & (1u << source)) == 0 && terms[source] > 0 && (strongest < 0 || terms[source] > terms[strongest]))
            {
                strongest = source;
            }
        }

        return strongest;
    }

    /// <summary>The room that is left beside what holds for everybody.</summary>
    private ReasonRoom RoomFor(int row, bool popular, out RankReasons general)
    {
        general = default;
        if (popular)
        {
            general.TryAdd(new RankReason(RankReasonKind.Popular, default, 0));
        }

        if (_state.Catalog.ValidTo[row] - _nowTicks <= EndingSoon.Ticks)
        {
            general.TryAdd(new RankReason(RankReasonKind.EndingSoon, default, 0));
        }
        else if (_state.Catalog.ValidFrom[row] > _nowTicks - New.Ticks)
        {
            general.TryAdd(new RankReason(RankReasonKind.New, default, 0));
        }

        return new ReasonRoom(_state.Model?.Items ?? IdIndex.Empty, RankReasons.Capacity - general.Count);
    }

    private static RankReasons Join(RankReasons own, RankReasons general)
    {
        for (int i = 0; i < general.Count; i++)
        {
            own.TryAdd(general[i]);
        }

        return own;
    }
}
