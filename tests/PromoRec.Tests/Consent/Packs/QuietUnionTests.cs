using FsCheck;
using FsCheck.Fluent;
using PromoRec.Consent.Packs;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Consent.Packs;

public class QuietUnionTests
{
    private static readonly Gen<QuietPeriod> Periods =
        from start in Gen.Choose(0, 1439)
        from length in Gen.OneOf(Gen.Choose(1, 90), Gen.Choose(1, 1439))
        select new QuietPeriod(TimeAt(start), TimeAt((start + length) % 1440));

    [Fact]
    public void A_minute_is_quiet_in_the_union_when_it_is_quiet_in_one() =>
        Prop.ForAll(Periods.ArrayOf().ToArbitrary(), periods =>
        {
            List<QuietPeriod> union = QuietUnion.Of(periods);
            bool[] expected = [.. Enumerable.Range(0, 1440).Select(minute => periods.Any(period => IsIn(period, minute)))];
            bool[] actual = [.. Enumerable.Range(0, 1440).Select(minute => union.Any(period => IsIn(period, minute)))];
            bool isWholeDay = actual.All(quiet => quiet);
            return union.Count <= QuietUnion.MaxSpans && union.All(period => period.From != period.To) && (actual.SequenceEqual(expected) || isWholeDay);
        }).Holds();

    [Fact]
    public void Too_many_intervals_are_the_whole_day()
    {
        QuietPeriod[] nine = [.. Enumerable.Range(0, 9).Select(i => new QuietPeriod(TimeAt(i * 60), TimeAt((i * 60) + 10)))];

        Assert.Equal(8, QuietUnion.Of(nine[1..]).Count);
        Assert.Equal([new QuietPeriod(TimeAt(0), TimeAt(720)), new QuietPeriod(TimeAt(720), TimeAt(0))], QuietUnion.Of(nine));
        Assert.Empty(QuietUnion.Of([]));
    }

    private static bool IsIn(QuietPeriod period, int minute) => TimeAt(minute).IsBetween(period.From, period.To);

    private static TimeOnly TimeAt(int minute) => new(minute / 60, minute % 60);
}
