namespace PromoRec.Benchmarks.Data;

/// <summary>A line of a plot with logarithmic axes.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Points">Its points, all above 0, from left to right.</param>
internal sealed record LogLogSeries(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>b of the least squares line log y = a + b·log x: 1 where y grows as x does. Not a number for fewer than two points.</summary>
    public double Slope
    {
        get
        {
            double meanX = Points.Average(point => Math.Log(point.X));
            double meanY = Points.Average(point => Math.Log(point.Y));
            double covariance = Points.Sum(point => (Math.Log(point.X) - meanX) * (Math.Log(point.Y) - meanY));
            double variance = Points.Sum(point => Math.Pow(Math.Log(point.X) - meanX, 2));
            return variance > 0 ? covariance / variance : double.NaN;
        }
    }
}
