using PromoRec.Evaluation;
using PromoRec.Models.Hybrid;
using PromoRec.Numerics;

namespace PromoRec.Tuning;

/// <summary>Finds the weights of a hybrid's members with which what customers took later ranks highest.</summary>
/// <remarks>
/// Random search, then coordinate ascent from the best; members without which it ranks as well are left out. What members say is worked out once for each customer, for the candidates that some member has among its best, so that trying weights costs one pass over those.
/// The same models, customers and seed give the same weights. Measured as <see cref="RankingEvaluator"/> does.
/// </remarks>
internal sealed class FusionWeightSearch
{
    private const int FewestCandidatesOfMember = 200;
    private const int MostSweeps = 10;

    private static readonly double[] Factors = [0, 0.5, 0.8, 1.25, 2];

    private readonly List<FusionCase> _cases = [];
    private readonly int _members;
    private readonly RankingMetric _metric;
    private readonly int _candidatesOfMember;

    /// <param name="hybrid">The members, trained on what was known before; weights are found for its fusion.</param>
    /// <param name="test">What customers took later.</param>
    /// <param name="metric">What is to be high: one with a cutoff, which needs no more than the relevance of the places.</param>
    /// <param name="rankSeenItems">Whether customers are asked for what they have already, too.</param>
    /// <param name="mostCustomers">Most customers to look at.</param>
    /// <param name="seed">Seed of the choice of customers.</param>
    /// <param name="cancellationToken">Ends the work between two customers.</param>
    public FusionWeightSearch(HybridModel hybrid, IEnumerable<UserItem> test, RankingMetric metric, bool rankSeenItems, int mostCustomers, ulong seed, CancellationToken cancellationToken)
    {
        _members = hybrid.Members.Count;
        _metric = metric;
        _candidatesOfMember = Math.Max(FewestCandidatesOfMember, metric.Cutoff);
        var takenBy = new SortedDictionary<int, HashSet<int>>();
        foreach (UserItem pair in test)
        {
            if (hybrid.Users.TryGetRow(pair.User.Value, out int user))
            {
                takenBy.TryAdd(user, []);
                takenBy[user].Add(hybrid.Items.TryGetRow(pair.Item.Value, out int item) ? item : -1);
            }
        }

        int[] users = [.. takenBy.Keys];
        var random = new SeededRandom(seed);
        for (int i = 0; i < Math.Min(mostCustomers, users.Length); i++)
        {
            int other = i + random.NextInt32(users.Length - i);
            (users[i], users[other]) = (users[other], users[i]);
        }

        foreach (int user in users.Take(mostCustomers).Order())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (CaseOf(hybrid, user, takenBy[user], rankSeenItems) is { } one)
            {
                _cases.Add(one);
            }
        }
    }

    /// <summary>Number of customers that can tell weights apart.</summary>
    public int Customers => _cases.Count;

    /// <param name="trials">How many weights to try at random.</param>
    /// <param name="seed">Their seed.</param>
    /// <param name="cancellationToken">Ends the work between two trials.</param>
    /// <returns>A weight for each member, 0 or above, the largest 1.</returns>
    public double[] Find(int trials, ulong seed, CancellationToken cancellationToken)
    {
        double[] best = new double[_members];
        Array.Fill(best, 1);
        double mean = MeanOf(best);
        var random = new SeededRandom(seed, stream: 1);
        for (int trial = 0; trial < trials + _members; trial++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var weights = new double[_members];
            for (int member = 0; member < _members; member++)
            {
                // The first trials are the members alone; the others are spread over some orders of magnitude, because that is how useful models are.
                weights[member] = trial < _members ? (trial == member ? 1 : 0) : Math.Exp(1.5 * random.NextGaussian());
            }

            Keep(ref best, ref mean, weights);
        }

        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double before = mean;
            for (int member = 0; member < _members; member++)
            {
                double weight = best[member];
                foreach (double factor in Factors)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    double[] weights = [.. best];
                    weights[member] = weight > 0 ? weight * factor : best.Max() * factor;
                    Keep(ref best, ref mean, weights);
                }
            }

            if (mean <= before)
            {
                break;
            }
        }

        if (mean > 0)
        {
            Prune(best, mean, cancellationToken);
        }

        double largest = best.Max();
        return Array.ConvertAll(best, weight => weight / largest);
    }

    /// <summary>Mean of the metric over the customers with these weights.</summary>
    internal double MeanOf(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        var places = new ScoredRow[_metric.Cutoff];
        var relevant = new bool[_metric.Cutoff];
        foreach (FusionCase one in _cases)
        {
            sum += ValueOf(one, weights, places, relevant);
        }

        return _cases.Count == 0 ? 0 : sum / _cases.Count;
    }

    /// <summary>Takes out, the lightest first, the members without which it ranks as well.</summary>
    private void Prune(double[] best, double mean, CancellationToken cancellationToken)
    {
        foreach (int member in Enumerable.Range(0, _members).OrderBy(member => best[member]).ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            double weight = best[member];
            best[member] = 0;
            if (best.Max() == 0 || MeanOf(best) < mean)
            {
                best[member] = weight;
            }
        }
    }

    private void Keep(ref double[] best, ref double mean, double[] weights)
    {
        if (weights.Max() > 0 && MeanOf(weights) is var tried && tried > mean)
        {
            (best, mean) = (weights, tried);
        }
    }

    private double ValueOf(FusionCase one, ReadOnlySpan<double> weights, ScoredRow[] places, bool[] relevant)
    {
        var top = new TopK(places.AsSpan(0, Math.Min(places.Length, one.Relevant.Length)));
        for (int candidate = 0; candidate < one.Relevant.Length; candidate++)
        {
            double score = 0;
            for (int member = 0; member < _members; member++)
            {
                score += weights[member] * one.Terms[(candidate * _members) + member];
            }

            top.Add(candidate, (float)score);
        }

        int count = top.Finish();
        for (int place = 0; place < count; place++)
        {
            relevant[place] = one.Relevant[places[place].Row];
        }

        return MetricAccumulator.Value(_metric, relevant.AsSpan(0, count), one.Taken);
    }

    /// <summary>Null for a customer who took nothing that could be found, and so says nothing.</summary>
    private FusionCase? CaseOf(HybridModel hybrid, int user, HashSet<int> taken, bool rankSeenItems)
    {
        ReadOnlySpan<int> have = rankSeenItems ? [] : hybrid.History.ByUser.ColumnsOf(user);
        taken.ExceptWith(have.ToArray());
        if (taken.Count == 0)
        {
            return null;
        }

        int members = hybrid.Members.Count;
        var scores = new float[members][];
        var ofMember = new float[members][];
        SortedSet<int> candidates = [];
        var buffer = new ScoredRow[Math.Min(_candidatesOfMember, hybrid.ItemCount)];
        for (int member = 0; member < members; member++)
        {
            scores[member] = new float[hybrid.ItemCount];
            hybrid.ScoreAll(member, user, scores[member]);
            ofMember[member] = new float[hybrid.ItemCount];
            FusionTerms.Add(hybrid.Fusion, 1, scores[member], have, ofMember[member]);
            var top = new TopK(buffer);
            for (int item = 0; item < scores[member].Length; item++)
            {
                if (have.BinarySearch(item) < 0)
                {
                    top.Add(item, scores[member][item]);
                }
            }

            candidates.UnionWith(buffer[..top.Finish()].Where(row => row.Score > 0).Select(row => row.Row));
        }

        var terms = new List<float>(candidates.Count * members);
        foreach (int item in candidates)
        {
            for (int member = 0; member < members; member++)
            {
                terms.Add(ofMember[member][item]);
            }
        }

        return candidates.Count == 0 ? null : new FusionCase([.. terms], [.. candidates.Select(taken.Contains)], taken.Count);
    }
}
