using System.Numerics;
using PromoRec.Ranking.Reranking;

namespace PromoRec.Tests.Ranking.Reranking;

/// <summary>Re-ranking as plainly as it can be said: lists and sets, every set of offers tried, nothing worked out beforehand.</summary>
/// <param name="shop">The shop.</param>
/// <param name="options">The knobs.</param>
internal sealed class RerankTwin(RankScenario shop, RerankingOptions options)
{
    private readonly RerankRules _rules = new(shop, options);

    // The merchants of all places served so far.
    private readonly List<string?> _served = [];

    public sealed record Place(Offer Offer, float Score, RankPlacement Placement, float? Propensity);

    /// <summary>What the ranker should answer, and by which limits it should have held offers back.</summary>
    /// <param name="user">The customer.</param>
    /// <param name="admitted">All offers that may be shown.</param>
    /// <param name="candidatesOf">Those that are put in order by their scores, when so many are wanted.</param>
    /// <param name="places">How many places there are.</param>
    public (List<Place> Places, Dictionary<OfferId, OfferExclusion> HeldBack) Rank(UserId user, Offer[] admitted, Func<int, (Offer Offer, float Score)[]> candidatesOf, int places)
    {
        int wanted = places;
        places = Math.Min(places, admitted.Length);
        int pool = Math.Min(admitted.Length, Math.Max(options.PoolSize, places));
        while (true)
        {
            (Offer Offer, float Score)[] candidates = candidatesOf(wanted);
            (List<Place> answer, Dictionary<OfferId, OfferExclusion> heldBack, bool isEnough) = new Attempt(this, user, admitted, candidates, Math.Min(pool, candidates.Length), places).Fill();
            if (isEnough || Math.Min(pool, candidates.Length) == admitted.Length)
            {
                _served.AddRange(answer.Select(place => place.Offer.Merchant));
                return (answer, heldBack);
            }

            pool = Math.Min(admitted.Length, pool * 4);
            wanted = pool;
        }
    }

    /// <summary>The places filled from one pool. Sets of offers are bits, by their place in the order of scores.</summary>
    private sealed class Attempt
    {
        private readonly RerankTwin _twin;
        private readonly RerankingOptions _options;
        private readonly Offer[] _offers;
        private readonly Offer[] _admitted;
        private readonly float[] _scores;
        private readonly int _pool;
        private readonly int _places;
        private readonly double[] _utility;
        private readonly bool[] _keepsLimits;
        private readonly int[][] _quotaCounts;
        private readonly HashSet<string>[] _facets;
        private readonly ExplorationDraw _draw;
        private readonly double _target;
        private readonly Dictionary<string, int> _had;
        private int[] _minima = [];

        public Attempt(RerankTwin twin, UserId user, Offer[] admitted, (Offer Offer, float Score)[] candidates, int pool, int places)
        {
            _twin = twin;
            _options = twin.Options;
            _admitted = admitted;
            _offers = [.. candidates.Select(one => one.Offer)];
            _scores = [.. candidates.Select(one => one.Score)];
            (_pool, _places) = (pool, places);
            _facets = Array.ConvertAll(_offers, twin._rules.Facets);
            _utility = Utility();
            Offer[][] sets = [.. Enumerable.Range(0, 1 << _offers.Length).Select(set => _offers.Where((_, i) => (set & (1 << i)) != 0).ToArray())];
            _keepsLimits = Array.ConvertAll(sets, twin._rules.KeepsLimits);
            _quotaCounts = Array.ConvertAll(sets, twin._rules.Counts);
            _draw = ExplorationDraw.Of(_options.ExplorationSeed, user, TestShop.Noon.UtcTicks, _options.ExplorationPeriod);
            _target = _options.MerchantFloor * Math.Min(_options.MerchantWindow, twin._served.Count + places);
            int staying = Math.Max(0, Math.Min(twin._served.Count, _options.MerchantWindow - places));
            _had = twin._served.TakeLast(staying).Where(merchant => merchant is not null).GroupBy(merchant => merchant!).ToDictionary(group => group.Key, group => group.Count());
        }

        public (List<Place> Places, Dictionary<OfferId, OfferExclusion> HeldBack, bool IsEnough) Fill()
        {
            int[] wanted = [.. _options.Quotas.Zip(_twin._rules.Counts(_admitted), (quota, there) => Math.Min(Math.Min(quota.Minimum, _places), there))];
            _minima = new int[wanted.Length];
            for (int quota = 0; quota < wanted.Length; quota++)
            {
                _minima[quota] = wanted[quota];
                while (!CanMeet(0, _places))
                {
                    _minima[quota]--;
                }
            }

            bool met = _minima.SequenceEqual(wanted);
            var places = new List<Place>();
            int taken = 0;
            int heldBack = 0;
            var limits = new Dictionary<OfferId, OfferExclusion>();
            while (places.Count < _places)
            {
                int left = _places - places.Count;
                int[] free = [.. InPool().Where(i => ((taken | heldBack) & (1 << i)) == 0).OrderByDescending(i => Value(i, taken)).ThenBy(i => i)];
                int first = Array.Find([.. free, -1], i => i < 0 || Fits(taken, i));
                foreach (int i in free.TakeWhile(i => i != first))
                {
                    heldBack |= 1 << i;
                    limits.Add(_offers[i].Id, _twin._rules.Reached([.. places.Select(place => place.Offer)], _offers[i])[0].Sort);
                }

                if (first < 0)
                {
                    break;
                }

                int[] completing = [.. free.Where(i => Fits(taken, i) && CanMeet(taken | (1 << i), left - 1))];
                (int chosen, RankPlacement placement) = completing[0] == first ? (first, RankPlacement.Score) : (completing[0], RankPlacement.Quota);
                if (Starved(free.Where(i => Fits(taken, i)), completing, left) is { } starved && starved != chosen)
                {
                    (chosen, placement) = (starved, RankPlacement.MerchantFloor);
                }

                float? propensity = null;
                if (_options.ExplorationShare > 0)
                {
                    int[] eligible = [.. Enumerable.Range(0, _offers.Length).Where(i =>
                        ((taken | heldBack) & (1 << i)) == 0 && _offers[i].ValidFrom > TestShop.Noon - _options.ExplorationAge && Fits(taken, i) && CanMeet(taken | (1 << i), left - 1))];
                    double share = eligible.Length == 0 ? 0 : _options.ExplorationShare;
                    bool explores = _draw.OfPlace(places.Count) < share;
                    int best = chosen;
                    if (explores)
                    {
                        chosen = eligible.MaxBy(i => _draw.OfOffer(places.Count, ExplorationDraw.HashOf(_offers[i].Id)));
                        placement = RankPlacement.Exploration;
                    }

                    propensity = (float)((eligible.Contains(chosen) ? share / eligible.Length : 0) + (chosen == best ? 1 - share : 0));
                }

                taken |= 1 << chosen;
                if (_offers[chosen].Merchant is { } merchant)
                {
                    _had[merchant] = _had.GetValueOrDefault(merchant) + 1;
                }

                places.Add(new Place(_offers[chosen], _scores[chosen], placement, propensity));
            }

            return (places, limits, met && places.Count == _places);
        }

        private IEnumerable<int> InPool() => Enumerable.Range(0, _pool);

        private bool Fits(int taken, int offer) => _keepsLimits[taken | (1 << offer)];

        /// <summary>Whether some of the pool, added to what is taken, meets all minima within the limits and the places.</summary>
        private bool CanMeet(int taken, int places) => Enumerable.Range(0, 1 << _pool).Any(more =>
            BitOperations.PopCount((uint)(more & ~taken)) <= places && _keepsLimits[taken | more] && _quotaCounts[taken | more].Zip(_minima).All(pair => pair.First >= pair.Second));

        /// <summary>The best offer of the merchant who lacks most, where all places that are left are lacking.</summary>
        private int? Starved(IEnumerable<int> fitting, int[] completing, int left)
        {
            double lack(int i) => _options.MerchantFloor > 0 && _offers[i].Merchant is { } merchant ? _target - _had.GetValueOrDefault(merchant) : 0;
            double due = fitting.Where(i => lack(i) >= 1e-9).GroupBy(i => _offers[i].Merchant).Sum(group => Math.Min(group.Count(), Math.Ceiling(lack(group.First()) - 1e-9)));
            int[] starved = [.. completing.Where(i => lack(i) >= 1e-9).OrderByDescending(lack)];
            return due >= left && starved.Length > 0 ? starved[0] : null;
        }

        private double Value(int offer, int taken)
        {
            double alike = Enumerable.Range(0, _offers.Length).Where(i => (taken & (1 << i)) != 0).Select(i => Likeness(offer, i)).DefaultIfEmpty().Max();
            return ((1 - _options.Diversity) * _utility[offer]) - (_options.Diversity * alike);
        }

        private double Likeness(int left, int right) => (double)_facets[left].Intersect(_facets[right]).Count() / _facets[left].Union(_facets[right]).Count();

        private double[] Utility()
        {
            double[] score = Scaled(i => _scores[i]);
            double[] margin = Scaled(i => (double)(_offers[i].Margin ?? 0));
            double[] popularity = Scaled(i => RankPipelineTwin.Items(_twin.Shop, _offers[i]).Sum(item => _twin.Shop.Likes.Count(like => like.Item == item)));
            return [.. InPool().Select(i =>
            {
                double utility = _options.MarginWeight > 0 ? ((1 - _options.MarginWeight) * score[i]) + (_options.MarginWeight * margin[i]) : score[i];
                return _options.PopularityDamping > 0 ? utility - (_options.PopularityDamping * popularity[i]) : utility;
            })];
        }

        private double[] Scaled(Func<int, double> valueOf)
        {
            double[] values = [.. InPool().Select(valueOf)];
            double least = values.DefaultIfEmpty().Min();
            double range = values.DefaultIfEmpty().Max() - least;
            return Array.ConvertAll(values, value => range > 0 ? (value - least) / range : 0);
        }
    }

    private RankScenario Shop => shop;

    private RerankingOptions Options => options;
}
