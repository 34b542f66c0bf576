using FsCheck;
using FsCheck.Fluent;
using PromoRec.Numerics;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Numerics;

public class CommonColumnsTests
{
    [Fact]
    public void Common_columns_are_the_intersection_ascending_with_their_places() =>
        Prop.ForAll(Rows, Rows, (left, right) =>
        {
            List<(int Left, int Right)> found = [];
            var common = new CommonColumns(left, right);
            while (common.MoveNext())
            {
                found.Add((common.Left, common.Right));
            }

            return !common.MoveNext() && found.SequenceEqual(left.Intersect(right).Select(column => (Array.IndexOf(left, column), Array.IndexOf(right, column))));
        }).Holds();

    private static Arbitrary<int[]> Rows { get; } = Gen.Choose(0, 30).ArrayOf().Select(columns => columns.Distinct().Order().ToArray()).ToArbitrary();
}
