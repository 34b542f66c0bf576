namespace PromoRec.Push.Offers.Areas;

/// <summary>A direction from the Earth's centre.</summary>
internal readonly record struct GeoVector(double X, double Y, double Z)
{
    public double LengthSquared => Dot(this);

    public static GeoVector operator +(GeoVector a, GeoVector b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static GeoVector operator -(GeoVector a, GeoVector b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static GeoVector operator *(double factor, GeoVector a) => new(factor * a.X, factor * a.Y, factor * a.Z);

    public static GeoVector Of(GeoPoint point)
    {
        (double sinLatitude, double cosLatitude) = Math.SinCos(point.Latitude * (Math.PI / 180));
        (double sinLongitude, double cosLongitude) = Math.SinCos(point.Longitude * (Math.PI / 180));
        return new GeoVector(cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude);
    }

    public double Dot(GeoVector other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    public GeoVector Cross(GeoVector other) => new((Y * other.Z) - (Z * other.Y), (Z * other.X) - (X * other.Z), (X * other.Y) - (Y * other.X));
}
