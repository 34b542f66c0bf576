namespace PromoRec.Push;

/// <summary>A place on Earth, in degrees: latitude −90 to 90, longitude −180 to 180. Used for a decision and then dropped.</summary>
/// <param name="Latitude">North is positive.</param>
/// <param name="Longitude">East is positive.</param>
public readonly record struct GeoPoint(double Latitude, double Longitude);
