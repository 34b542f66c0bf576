using PromoRec.Ranking.Reranking;

namespace PromoRec.Tests.Ranking.Reranking;

public sealed class MerchantExposureTests
{
    [Fact]
    public void A_window_holds_the_last_places_and_foresees_which_of_them_leave()
    {
        var exposure = new MerchantExposure(4);
        int a = exposure.NumberOf("a");
        int b = exposure.NumberOf("b");
        Assert.Equal((a, MerchantExposure.Nobody, 2), (exposure.NumberOf("a"), exposure.NumberOf(null), exposure.Merchants));

        exposure.Record([a, b, MerchantExposure.Nobody]);
        Assert.Equal((3, 1, 1), Foreseen(exposure, 0));
        Assert.Equal((4, 1, 1), Foreseen(exposure, 1));
        Assert.Equal((4, 0, 1), Foreseen(exposure, 2));
        Assert.Equal((4, 0, 0), Foreseen(exposure, 3));
        Assert.Equal((4, 0, 0), Foreseen(exposure, 100));

        exposure.Record([b, b]);
        Assert.Equal((4, 0, 3), Foreseen(exposure, 0));
        Assert.Equal((4, 0, 2), Foreseen(exposure, 1));
        Assert.Equal((4, 0, 2), Foreseen(exposure, 2));
        Assert.Equal((4, 0, 1), Foreseen(exposure, 3));
    }

    [Fact]
    public void Any_window_agrees_with_a_list_of_all_places()
    {
        var random = new Random(7);
        for (int window = 1; window < 20; window++)
        {
            var exposure = new MerchantExposure(window);
            var all = new List<int>();
            int[] numbers = [.. Enumerable.Range(0, 40).Select(i => exposure.NumberOf($"m{i}"))];
            for (int i = 0; i < 100; i++)
            {
                int[] places = [.. Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(-1, numbers.Length))];
                exposure.Record(places);
                all.AddRange(places);
                int coming = random.Next(window + 2);
                var counts = new int[numbers.Length];

                int filled = exposure.Foresee(coming, counts);

                int[] staying = [.. all.TakeLast(Math.Max(0, Math.Min(all.Count, window - coming)))];
                Assert.Equal(Math.Min(window, all.Count + coming), filled);
                Assert.Equal(numbers.Select(number => staying.Count(place => place == number)), counts);
            }
        }
    }

    [Fact]
    public async Task Counts_are_exact_when_many_threads_serve()
    {
        const int Threads = 8;
        const int Each = 20_000;
        var exposure = new MerchantExposure(1_000_000);
        var small = new MerchantExposure(777);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                int[] places = [exposure.NumberOf($"m{i % 5}"), MerchantExposure.Nobody, exposure.NumberOf($"own{thread}")];
                exposure.Record(places);
                small.Record([small.NumberOf($"m{i % 3}"), small.NumberOf($"own{thread}")]);
                exposure.Foresee(3, new int[1]);
            }
        })));

        Assert.Equal(5 + Threads, exposure.Merchants);
        var counts = new int[exposure.Merchants];
        Assert.Equal(Threads * Each * 3, exposure.Foresee(0, counts));
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(Threads * Each / 5, counts[exposure.NumberOf($"m{i}")]));
        Assert.All(Enumerable.Range(0, Threads), i => Assert.Equal(Each, counts[exposure.NumberOf($"own{i}")]));
        var last = new int[small.Merchants];
        Assert.Equal(777, small.Foresee(0, last));
        Assert.Equal(777, last.Sum());
        Assert.All(last, count => Assert.InRange(count, 0, 777));
    }

    private static (int Filled, int A, int B) Foreseen(MerchantExposure exposure, int coming)
    {
        Span<int> counts = stackalloc int[2];
        return (exposure.Foresee(coming, counts), counts[0], counts[1]);
    }
}
