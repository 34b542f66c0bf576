using System.Collections.Immutable;

namespace PromoRec.Push.Offers.Areas;

/// <summary>A piece of the Earth, taken as a sphere. Immutable.</summary>
/// <remarks>
/// Everything is computed with directions from the Earth's centre, so that neither the poles nor the line where longitude jumps from 180 to −180 are
/// anything special. A point less than a metre from an edge may come out on either side of it.
/// </remarks>
public sealed class GeoArea
{
    /// <summary>Most corners of a polygon.</summary>
    public const int MaxCorners = 1000;

    /// <summary>Half the way around the Earth in metres, the largest radius of a circle.</summary>
    public const double MaxRadius = Math.PI * EarthRadius;

    /// <summary>Mean radius in metres (IUGG).</summary>
    internal const double EarthRadius = 6_371_008.8;

    private readonly GeoVector _centre;

    /// <summary>Square of the longest chord from the centre of a circle; negative for a polygon.</summary>
    private readonly double _chordSquared;

    private readonly GeoPlane _plane;
    private readonly ImmutableArray<(double X, double Y)> _corners = [];

    private GeoArea(GeoVector centre, double chordSquared)
    {
        _centre = centre;
        _chordSquared = chordSquared;
    }

    private GeoArea(GeoVector centre, GeoPlane plane, ImmutableArray<(double X, double Y)> corners)
    {
        _centre = centre;
        _chordSquared = -1;
        _plane = plane;
        _corners = corners;
    }

    /// <summary>All places no further from a point than a distance.</summary>
    /// <param name="centre">The point.</param>
    /// <param name="radius">The distance in metres, above 0 and at most <see cref="MaxRadius"/>.</param>
    /// <exception cref="ArgumentException">The point is not on Earth, or the radius is out of its range.</exception>
    public static GeoArea Circle(GeoPoint centre, double radius)
    {
        ThrowIfNowhere(centre, nameof(centre));
        if (!(radius > 0 && radius <= MaxRadius))
        {
            throw new ArgumentOutOfRangeException(nameof(radius), "The radius must be above 0 and at most half the way around the Earth, in metres.");
        }

        double chord = 2 * Math.Sin(radius / EarthRadius / 2);
        return new GeoArea(GeoVector.Of(centre), chord * chord);
    }

    /// <summary>What a closed line of great-circle arcs encloses. It must fit on one half of the Earth; where it crosses itself, what is enclosed twice is outside.</summary>
    /// <param name="corners">The corners in their order; 3 to <see cref="MaxCorners"/>. The first may be there again as the last.</param>
    /// <exception cref="ArgumentException">A corner is not on Earth, there are too few or too many, they enclose nothing, or do not fit on one half of the Earth.</exception>
    public static GeoArea Polygon(ImmutableArray<GeoPoint> corners)
    {
        int count = corners.IsDefault ? 0 : corners.Length > 1 && corners[0] == corners[^1] ? corners.Length - 1 : corners.Length;
        if (count is < 3 or > MaxCorners)
        {
            throw new ArgumentException($"A polygon has 3 to {MaxCorners} corners, not {count}.", nameof(corners));
        }

        var directions = new GeoVector[count];
        GeoVector sum = default;
        for (int i = 0; i < count; i++)
        {
            ThrowIfNowhere(corners[i], nameof(corners));
            directions[i] = GeoVector.Of(corners[i]);
            sum += directions[i];
        }

        if (!GeoPlane.TryAt(sum, out GeoVector centre, out GeoPlane plane) || !Array.TrueForAll(directions, corner => plane.IsInFront(corner)))
        {
            throw new ArgumentException("The corners of a polygon must fit on one half of the Earth. Split the area into smaller ones.", nameof(corners));
        }

        ImmutableArray<(double X, double Y)> flat = [.. directions.Select(corner => plane.Project(corner))];
        return Encloses(flat) ? new GeoArea(centre, plane, flat) : throw new ArgumentException("The corners of a polygon must not lie on one line.", nameof(corners));
    }

    /// <summary>Whether a place is in the area; no when it is not on Earth.</summary>
    public bool Contains(GeoPoint point)
    {
        if (!IsOnEarth(point))
        {
            return false;
        }

        GeoVector direction = GeoVector.Of(point);
        return _chordSquared >= 0
            ? (direction - _centre).LengthSquared <= _chordSquared
            : _plane.IsInFront(direction) && IsInside(_plane.Project(direction));
    }

    internal static bool IsOnEarth(GeoPoint point) => point.Latitude is >= -90 and <= 90 && point.Longitude is >= -180 and <= 180;

    /// <summary>Counts the edges that a ray to the right crosses: an odd number from inside.</summary>
    private bool IsInside((double X, double Y) point)
    {
        bool inside = false;
        (double X, double Y) from = _corners[^1];
        foreach ((double X, double Y) to in _corners)
        {
            if (from.Y > point.Y != to.Y > point.Y && point.X < from.X + ((to.X - from.X) * (point.Y - from.Y) / (to.Y - from.Y)))
            {
                inside = !inside;
            }

            from = to;
        }

        return inside;
    }

    /// <summary>Whether some three corners span more than a square metre or so.</summary>
    private static bool Encloses(ImmutableArray<(double X, double Y)> corners)
    {
        const double SquareMetre = 1 / (EarthRadius * EarthRadius);
        (double X, double Y) far = corners.MaxBy(each => Square(each.X - corners[0].X) + Square(each.Y - corners[0].Y));
        return corners.Any(each => Math.Abs(((far.X - corners[0].X) * (each.Y - corners[0].Y)) - ((far.Y - corners[0].Y) * (each.X - corners[0].X))) > SquareMetre);
    }

    private static double Square(double x) => x * x;

    private static void ThrowIfNowhere(GeoPoint point, string parameterName)
    {
        if (!IsOnEarth(point))
        {
            throw new ArgumentException("A latitude is from -90 to 90 and a longitude from -180 to 180 degrees.", parameterName);
        }
    }
}
