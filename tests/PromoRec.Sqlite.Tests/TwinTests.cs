using System.Globalization;
using PromoRec.Push.Ledger;

namespace PromoRec.Sqlite.Tests;

/// <summary>The ledger in SQLite and the ledger in memory live through the same story and must say the same.</summary>
public sealed class TwinTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public Task With_carts_and_a_clock_that_goes_on_both_say_the_same() => LiveAsync(Stress.Times(12, 500), (random, _) => TimeSpan.FromMinutes(random.Next(20)), hasCarts: true);

    [Fact]
    public Task With_a_clock_that_jumps_from_a_second_to_ten_years_both_say_the_same() => LiveAsync(Stress.Times(12, 500), Jump, hasCarts: false);

    private static TimeSpan Jump(Random random, int step)
    {
        TimeSpan[] lengths = [TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), TimeSpan.FromHours(25), TimeSpan.FromDays(40), TimeSpan.FromDays(3653)];
        TimeSpan length = lengths[random.Next(lengths.Length)] * random.NextDouble();
        return step % 7 == 0 ? -length : random.Next(3) == 0 ? length : TimeSpan.FromMinutes(1);
    }

    private static async Task LiveAsync(int stories, Func<Random, int, TimeSpan> passes, bool hasCarts)
    {
        for (int seed = 0; seed < stories; seed++)
        {
            using StoreFolder folder = new();
            ManualTime time = new(Start);
            InMemoryReservationLedger twin = new(null, time);
            SqliteStore store = folder.Open(time);
            Random random = new(seed);
            try
            {
                for (int step = 0; step < 150; step++)
                {
                    time.Now += passes(random, step);
                    if (random.Next(30) == 0)
                    {
                        await store.DisposeAsync();
                        store = folder.Open(time);
                    }

                    int stepSeed = random.Next();
                    string expected = await LedgerStory.StepAsync(twin, new Random(stepSeed), time.Now, hasCarts);
                    string actual = await LedgerStory.StepAsync(store.Ledger, new Random(stepSeed), time.Now, hasCarts);
                    Assert.True(expected == actual, string.Create(CultureInfo.InvariantCulture, $"Story {seed}, step {step}:\n{expected}\nin memory, but in SQLite\n{actual}"));
                }
            }
            finally
            {
                await store.DisposeAsync();
            }
        }
    }
}
