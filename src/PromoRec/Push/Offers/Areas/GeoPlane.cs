namespace PromoRec.Push.Offers.Areas;

/// <summary>The plane that touches the Earth at a point. Seen from the Earth's centre, great circles are straight lines on it (the gnomonic projection).</summary>
internal readonly record struct GeoPlane(GeoVector Normal, GeoVector Right, GeoVector Up)
{
    // The horizon is at 0, infinitely far away; one degree before it numbers are still good.
    private const double Horizon = 0.0175;

    /// <returns>No when the vector has no direction: the corners it is the sum of surround the Earth.</returns>
    public static bool TryAt(GeoVector vector, out GeoVector centre, out GeoPlane plane)
    {
        double length = Math.Sqrt(vector.LengthSquared);
        centre = (1 / Math.Max(length, double.Epsilon)) * vector;
        GeoVector other = Math.Abs(centre.Z) < 0.5 ? new GeoVector(0, 0, 1) : new GeoVector(1, 0, 0);
        GeoVector right = other.Cross(centre);
        right = (1 / Math.Sqrt(right.LengthSquared)) * right;
        plane = new GeoPlane(centre, right, centre.Cross(right));
        return length > 1e-9;
    }

    public bool IsInFront(GeoVector direction) => direction.Dot(Normal) > Horizon;

    public (double X, double Y) Project(GeoVector direction)
    {
        double depth = direction.Dot(Normal);
        return (direction.Dot(Right) / depth, direction.Dot(Up) / depth);
    }
}
