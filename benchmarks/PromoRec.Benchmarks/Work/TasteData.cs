using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Numerics;

namespace PromoRec.Benchmarks.Work;

/// <summary>Pairs of customers and items in the shape of real ones: power-law items, log-normal customers, and tastes to be learnt.</summary>
/// <remarks>
/// Items belong to 40 genres. A customer has four favourite genres and takes three quarters of the items from these, the rest from all;
/// an item is drawn in proportion to (rank + 31)^-0.9, where the rank is its place in popularity among all. Each customer's draws come from a stream of their own.
/// </remarks>
internal sealed class TasteData
{
    private const ulong Seed = 3;
    private const int Genres = 40;
    private const int Favourites = 4;
    private const double OwnTaste = 0.75;

    // Draws of a pair that a customer has already are lost: about a fifth at the density of the large set.
    private const double DrawsPerPair = 1.23;

    private TasteData(CsrMatrix pairs) => Pairs = pairs;

    /// <summary>customers × items, every value 1, columns ascending.</summary>
    public CsrMatrix Pairs { get; }

    /// <summary>138,000 customers, 27,000 items and some 20 million pairs, as MovieLens-20M has them: the work of the figures in issue 5.</summary>
    public static TasteData Large() => Create(138_000, 27_000, 19_862_000);

    /// <param name="customers">Rows.</param>
    /// <param name="items">Columns.</param>
    /// <param name="pairs">How many pairs, to about one per cent where a customer has few of all items.</param>
    public static TasteData Create(int customers, int items, long pairs)
    {
        var random = new SeededRandom(Seed);
        int[] byPopularity = Shuffled(items, ref random);
        var all = new ItemDraw(byPopularity, [.. Enumerable.Range(0, items)]);
        ItemDraw[] ofGenre = [.. RanksByGenre(items, ref random).Select(ranks => new ItemDraw(byPopularity, ranks))];
        double[] activity = Activity(customers, ref random);
        double perActivity = pairs * DrawsPerPair / activity.Sum();

        var offsets = new long[customers + 1];
        var columns = new List<int>((int)(pairs * 1.05));
        var taken = new HashSet<int>();
        Span<int> favourites = stackalloc int[Favourites];
        for (int customer = 0; customer < customers; customer++)
        {
            var own = new SeededRandom(Seed, (ulong)customer + 1);
            foreach (ref int favourite in favourites)
            {
                favourite = own.NextInt32(Genres);
            }

            taken.Clear();
            int draws = 3 + (int)(activity[customer] * perActivity);
            for (int draw = 0; draw < draws; draw++)
            {
                // The first of the favourites more often than the last.
                bool fromTaste = own.NextDouble() < OwnTaste;
                int favourite = (int)(Math.Pow(own.NextDouble(), 1.5) * Favourites);
                taken.Add((fromTaste ? ofGenre[favourites[favourite]] : all).Next(ref own));
            }

            int start = columns.Count;
            columns.AddRange(taken);
            columns.Sort(start, taken.Count, comparer: null);
            offsets[customer + 1] = columns.Count;
        }

        var ones = new float[columns.Count];
        Array.Fill(ones, 1);
        return new TasteData(new CsrMatrix(items, offsets, columns.ToArray(), ones));
    }

    /// <summary>The pairs as purchases of numbered customers and items, one after the other.</summary>
    public IEnumerable<Interaction> Purchases()
    {
        for (int customer = 0; customer < Pairs.Rows; customer++)
        {
            for (long at = Pairs.Offsets[customer]; at < Pairs.Offsets[customer + 1]; at++)
            {
                yield return new Interaction(new UserId(customer), new ItemId(Pairs.AllColumns[(int)at]), InteractionKind.Purchase, DateTimeOffset.UnixEpoch);
            }
        }
    }

    /// <summary>The pairs as a data set.</summary>
    public InteractionDataset Build()
    {
        var builder = new DatasetBuilder();
        builder.AddRange(Purchases());
        return builder.Build();
    }

    private static int[] Shuffled(int count, ref SeededRandom random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int other = random.NextInt32(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    private static int[][] RanksByGenre(int items, ref SeededRandom random)
    {
        List<int>[] genres = [.. Enumerable.Range(0, Genres).Select(_ => new List<int>())];
        for (int rank = 0; rank < items; rank++)
        {
            genres[random.NextInt32(Genres)].Add(rank);
        }

        return [.. genres.Select(genre => genre.ToArray())];
    }

    private static double[] Activity(int customers, ref SeededRandom random)
    {
        const double Least = 0.14;
        var activity = new double[customers];
        foreach (ref double one in activity.AsSpan())
        {
            one = Math.Max(Least, Math.Exp(random.NextGaussian()));
        }

        return activity;
    }

    /// <summary>Draws one of some items in proportion to a power of their ranks.</summary>
    private sealed class ItemDraw
    {
        private readonly int[] _byPopularity;
        private readonly int[] _ranks;
        private readonly double[] _cumulative;

        /// <param name="byPopularity">All items, most popular first.</param>
        /// <param name="ranks">The ranks of those that can be drawn; at least one.</param>
        public ItemDraw(int[] byPopularity, int[] ranks)
        {
            (_byPopularity, _ranks, _cumulative) = (byPopularity, ranks, new double[ranks.Length]);
            double sum = 0;
            for (int i = 0; i < ranks.Length; i++)
            {
                _cumulative[i] = sum += Math.Pow(ranks[i] + 31, -0.9);
            }
        }

        public int Next(ref SeededRandom random)
        {
            int at = Array.BinarySearch(_cumulative, random.NextDouble() * _cumulative[^1]);
            return _byPopularity[_ranks[Math.Min(at < 0 ? ~at : at + 1, _ranks.Length - 1)]];
        }
    }
}
