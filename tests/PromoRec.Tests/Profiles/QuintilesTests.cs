using FsCheck.Fluent;
using PromoRec.Profiles;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Profiles;

public class QuintilesTests
{
    [Fact]
    public void They_equal_the_definition_and_mirror() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, 12).ArrayOf()), values =>
        {
            int[] quintiles = Quintiles.Of(values);
            Assert.Equal(
                values.Select(value => 1 + (int)Math.Floor((5 * ((2m * values.Count(v => v < value)) + values.Count(v => v == value))) / (2m * values.Length))),
                quintiles);
            Assert.All(quintiles, quintile => Assert.InRange(quintile, 1, 5));
            Assert.True(values.Zip(quintiles).All(x => values.Zip(quintiles).All(y => x.First < y.First ? x.Second <= y.Second : x.First != y.First || x.Second == y.Second)));
        }).Holds();

    [Theory]
    [InlineData(new[] { 10, 30, 20, 50, 40 }, new[] { 1, 3, 2, 5, 4 })]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, new[] { 1, 1, 2, 2, 3, 3, 4, 4, 5, 5 })]
    [InlineData(new[] { 7, 7, 7, 7 }, new[] { 3, 3, 3, 3 })]
    [InlineData(new[] { 1, 1, 1, 1, 1, 1, 1, 2, 2, 9 }, new[] { 2, 2, 2, 2, 2, 2, 2, 5, 5, 5 })]
    [InlineData(new[] { 3 }, new[] { 3 })]
    [InlineData(new int[0], new int[0])]
    public void Known_tables(int[] values, int[] quintiles) => Assert.Equal(quintiles, Quintiles.Of(values));
}
