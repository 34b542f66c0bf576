using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using PromoRec.Push;
using PromoRec.Push.Offers.Areas;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Push.Offers;

public class GeoAreaTests
{
    private static readonly GeoPoint Berlin = new(52.5200, 13.4050);
    private static readonly GeoPoint Potsdam = new(52.3906, 13.0645);

    private static readonly Arbitrary<GeoPoint> Points = Gen.Choose(-9000, 9000).Zip(Gen.Choose(-18000, 18000), (lat, lon) => new GeoPoint(lat / 100.0, lon / 100.0)).ToArbitrary();

    [Fact]
    public void A_circle_holds_what_is_no_further_than_its_radius()
    {
        // 27.2 km by the haversine formula.
        Assert.True(GeoArea.Circle(Berlin, 27_500).Contains(Potsdam));
        Assert.False(GeoArea.Circle(Berlin, 26_900).Contains(Potsdam));
    }

    [Fact]
    public void A_circle_agrees_with_the_haversine_formula() =>
        Prop.ForAll(Points, Points, Gen.Choose(1, 20_015_000).ToArbitrary(), (centre, point, radius) =>
        {
            double distance = Haversine(centre, point);
            return Math.Abs(distance - radius) < 1 || GeoArea.Circle(centre, radius).Contains(point) == distance < radius;
        }).Holds();

    [Theory]
    [InlineData(-18, 179.9, true)]
    [InlineData(-18, -179.9, true)]
    [InlineData(-18, 180, true)]
    [InlineData(-18, -180, true)]
    [InlineData(-18, 176.9, false)]
    [InlineData(-18, 0, false)]
    public void An_area_across_the_line_where_longitude_jumps_is_one_area(double latitude, double longitude, bool inside)
    {
        GeoArea fiji = GeoArea.Polygon([new(-21, 177), new(-15, 177), new(-15, -178), new(-21, -178)]);
        Assert.Equal(inside, fiji.Contains(new GeoPoint(latitude, longitude)));
        Assert.Equal(inside, GeoArea.Circle(new GeoPoint(-18, 179.5), 250_000).Contains(new GeoPoint(latitude, longitude)));
    }

    [Theory]
    [InlineData(-90, 0, true)]
    [InlineData(-90, 123, true)]
    [InlineData(-75, -101, true)]
    [InlineData(-60, 45, false)]
    [InlineData(90, 0, false)]
    public void An_area_around_a_pole_holds_the_pole_under_every_longitude(double latitude, double longitude, bool inside)
    {
        ImmutableArray<GeoPoint> ring = [.. Enumerable.Range(0, 36).Select(i => new GeoPoint(-65, (i * 10) - 180))];
        Assert.Equal(inside, GeoArea.Polygon(ring).Contains(new GeoPoint(latitude, longitude)));
    }

    [Fact]
    public void What_lies_on_the_other_side_of_the_Earth_is_outside()
    {
        GeoArea square = GeoArea.Polygon([new(-1, -1), new(-1, 1), new(1, 1), new(1, -1)]);
        Assert.True(square.Contains(new GeoPoint(0, 0)));
        Assert.False(square.Contains(new GeoPoint(0, 180)));
        Assert.False(square.Contains(new GeoPoint(0, -180)));
    }

    [Fact]
    public void A_polygon_agrees_with_the_angle_its_corners_sweep_around_a_point()
    {
        Gen<(GeoPoint Centre, GeoPoint[] Corners, GeoPoint Point)> cases =
            from centre in Points.Generator
            from count in Gen.Choose(3, 9)
            from turns in Gen.Choose(0, 3599).ArrayOf(count)
            from reaches in Gen.Choose(50, 3000).ArrayOf(count)
            from turn in Gen.Choose(0, 3599)
            from reach in Gen.Choose(0, 4000)
            let bearings = turns.Distinct().Order().ToArray()

            // More than one line through the centre: corners on a single one are no polygon.
            where bearings.Length >= 3 && bearings.Select(bearing => bearing % 1800).Distinct().Count() >= 2
            select (centre, bearings.Select((bearing, i) => Away(centre, bearing / 10.0, reaches[i])).ToArray(), Away(centre, turn / 10.0, reach));
        int inside = 0;
        Prop.ForAll(cases.ToArbitrary(), each =>
        {
            // A star around its centre: corners by bearing. Gaps over 180 degrees leave the centre outside; the twin says so as well.
            GeoArea area = GeoArea.Polygon([.. each.Corners]);
            double sweep = Sweep(each.Point, each.Corners);
            bool isNear = each.Corners.Any(corner => Haversine(corner, each.Point) < 100) || Math.Abs(Math.Abs(sweep) - 180) < 1;
            bool expected = Math.Abs(sweep) > 180;
            inside += expected ? 1 : 0;
            return isNear || area.Contains(each.Point) == expected;
        }).Holds();
        Assert.True(inside > 5);
    }

    [Fact]
    public void A_closed_ring_and_an_open_one_are_the_same()
    {
        GeoPoint[] corners = [new(0, 0), new(0, 10), new(10, 10), new(10, 0)];
        Assert.True(GeoArea.Polygon([.. corners, corners[0]]).Contains(new GeoPoint(5, 5)));
        Assert.True(GeoArea.Polygon([.. corners]).Contains(new GeoPoint(5, 5)));
    }

    [Fact]
    public void An_area_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentException>(() => GeoArea.Circle(new GeoPoint(91, 0), 10));
        Assert.Throws<ArgumentException>(() => GeoArea.Circle(new GeoPoint(double.NaN, 0), 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => GeoArea.Circle(Berlin, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => GeoArea.Circle(Berlin, double.NaN));
        Assert.Throws<ArgumentException>(() => GeoArea.Polygon([Berlin, Potsdam]));
        Assert.Throws<ArgumentException>(() => GeoArea.Polygon([Berlin, Potsdam, Berlin]));
        Assert.Throws<ArgumentException>(() => GeoArea.Polygon([new(0, 0), new(0, 5), new(0, 10)]));
        Assert.Throws<ArgumentException>(() => GeoArea.Polygon([Berlin, Berlin, Berlin, Berlin]));
        Assert.Throws<ArgumentException>(() => GeoArea.Polygon([new(0, 0), new(0, 120), new(0, -120)]));
        Assert.Throws<ArgumentException>(() => GeoArea.Polygon([new(-80, 0), new(80, 0), new(0, 180)]));
    }

    [Fact]
    public void A_place_that_is_not_on_Earth_is_in_no_area()
    {
        GeoArea everywhere = GeoArea.Circle(Berlin, GeoArea.MaxRadius);
        Assert.True(everywhere.Contains(new GeoPoint(-52.52, -166.595)));
        Assert.False(everywhere.Contains(new GeoPoint(double.NaN, 0)));
        Assert.False(everywhere.Contains(new GeoPoint(0, 181)));
    }

    private static double Haversine(GeoPoint a, GeoPoint b)
    {
        double lat = Radians(b.Latitude - a.Latitude) / 2;
        double lon = Radians(b.Longitude - a.Longitude) / 2;
        double h = Math.Pow(Math.Sin(lat), 2) + (Math.Cos(Radians(a.Latitude)) * Math.Cos(Radians(b.Latitude)) * Math.Pow(Math.Sin(lon), 2));
        return 2 * GeoArea.EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    /// <summary>Degrees that the bearing from a point to a corner goes round when the corner runs along the edge line.</summary>
    private static double Sweep(GeoPoint point, GeoPoint[] corners)
    {
        double sweep = 0;
        for (int i = 0; i < corners.Length; i++)
        {
            double turn = Bearing(point, corners[(i + 1) % corners.Length]) - Bearing(point, corners[i]);
            sweep += turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
        }

        return sweep;
    }

    private static double Bearing(GeoPoint from, GeoPoint to)
    {
        double lon = Radians(to.Longitude - from.Longitude);
        double y = Math.Sin(lon) * Math.Cos(Radians(to.Latitude));
        double x = (Math.Cos(Radians(from.Latitude)) * Math.Sin(Radians(to.Latitude))) - (Math.Sin(Radians(from.Latitude)) * Math.Cos(Radians(to.Latitude)) * Math.Cos(lon));
        return Math.Atan2(y, x) * 180 / Math.PI;
    }

    private static GeoPoint Away(GeoPoint from, double bearing, double kilometres)
    {
        double d = kilometres * 1000 / GeoArea.EarthRadius;
        double lat = Math.Asin((Math.Sin(Radians(from.Latitude)) * Math.Cos(d)) + (Math.Cos(Radians(from.Latitude)) * Math.Sin(d) * Math.Cos(Radians(bearing))));
        double lon = Radians(from.Longitude) + Math.Atan2(
            Math.Sin(Radians(bearing)) * Math.Sin(d) * Math.Cos(Radians(from.Latitude)), Math.Cos(d) - (Math.Sin(Radians(from.Latitude)) * Math.Sin(lat)));
        double degrees = lon * 180 / Math.PI;
        return new GeoPoint(lat * 180 / Math.PI, degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees);
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
