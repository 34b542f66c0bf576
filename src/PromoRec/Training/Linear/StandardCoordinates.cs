using PromoRec.Numerics;

namespace PromoRec.Training.Linear;

/// <summary>Coordinates in which no unit and no zero point of a feature matters: columns centred beside an intercept, and scaled.</summary>
/// <remarks>
/// <para>
/// With the center c and the scale s of each column, a coordinate is s · w, and the last one belongs to b + c·w, the score of an example in the
/// middle. This changes neither the objective nor its optimum, because nothing penalises the intercept; it changes what counts as a short
/// gradient. In the raw coordinates a column of Unix times has a gradient a billion times that of a flag, so that a relative bound on its length says
/// nothing about the flag. The scales are the roots of the Hessian's diagonal at a start: there every coordinate bends alike, and the squared length
/// of the gradient is in the unit of the objective.
/// </para>
/// <para>
/// The columns are never written anew, which would make sparse ones dense: the centers go into the intercept on the way to the raw coordinates, and
/// come out of the slopes on the way back.
/// </para>
/// </remarks>
internal sealed class StandardCoordinates
{
    private readonly int _columns;
    private StandardCoordinates(double[] centers, double[] scales, int columns)
    {
        _columns = columns;
        Centers = centers;
        Scales = scales;
    }

    /// <summary>What is taken from each used column; none without an intercept, to which it would have to go.</summary>
    public double[] Centers { get; }

    /// <summary>What each raw coordinate is multiplied by.</summary>
    public double[] Scales { get; }

    private bool HasIntercept => Scales.Length > _columns;

    /// <summary>The coordinates of a problem: the centers are the means over the costs of the examples.</summary>
    /// <param name="problem">The examples.</param>
    /// <param name="objective">What is to be minimised.</param>
    /// <param name="start">The point, in raw coordinates, at which every coordinate shall bend alike.</param>
    public static StandardCoordinates For<TLoss>(LinearProblem problem, LossObjective<TLoss> objective, ReadOnlySpan<double> start)
        where TLoss : struct, ILossFunction
    {
        double[] centers = problem.HasIntercept ? MeansOf(problem) : [];
        double[] scales = new double[problem.Length];
        objective.Value(start);
        objective.Gradient(start, scales);
        objective.HessianDiagonal(centers, scales);
        for (int i = 0; i < scales.Length; i++)
        {
            // Beyond the range of double precision any scale is as good.
            scales[i] = scales[i] > 0 && double.IsFinite(scales[i]) ? Math.Sqrt(scales[i]) : 1;
        }

        return new StandardCoordinates(centers, scales, problem.Columns);
    }

    /// <summary>Takes a point from raw coordinates to these; both may be the same span.</summary>
    public void FromRaw(ReadOnlySpan<double> raw, Span<double> point)
    {
        double middle = 0;
        for (int column = 0; column < _columns; column++)
        {
            middle += HasIntercept ? Centers[column] * raw[column] : 0;
            point[column] = raw[column] * Scales[column];
        }

        if (HasIntercept)
        {
            point[^1] = (raw[^1] + middle) * Scales[^1];
        }
    }

    /// <summary>Takes a point from these coordinates to raw ones; both may be the same span.</summary>
    public void ToRaw(ReadOnlySpan<double> point, Span<double> raw)
    {
        double middle = 0;
        for (int column = 0; column < _columns; column++)
        {
            raw[column] = point[column] / Scales[column];
            middle += HasIntercept ? Centers[column] * raw[column] : 0;
        }

        if (HasIntercept)
        {
            raw[^1] = (point[^1] / Scales[^1]) - middle;
        }
    }

    /// <summary>Takes derivatives by the raw coordinates to derivatives by these.</summary>
    public void SlopesFromRaw(ReadOnlySpan<double> raw, Span<double> slopes)
    {
        for (int column = 0; column < _columns; column++)
        {
            slopes[column] = (raw[column] - (HasIntercept ? Centers[column] * raw[^1] : 0)) / Scales[column];
        }

        if (HasIntercept)
        {
            slopes[^1] = raw[^1] / Scales[^1];
        }
    }

    /// <summary>Takes second derivatives along the raw coordinates, centred already, to those along these; in place.</summary>
    public void ScaleCurvatures(Span<double> curvatures)
    {
        for (int i = 0; i < curvatures.Length; i++)
        {
            // One after the other, because the square of a scale may be beyond the range of double precision.
            curvatures[i] = curvatures[i] / Scales[i] / Scales[i];
        }
    }

    private static double[] MeansOf(LinearProblem problem)
    {
        double[] means = new double[problem.Columns];
        double total = problem.Design.MultiplyTransposed(problem.Costs, means);
        for (int column = 0; column < means.Length; column++)
        {
            double mean = means[column] / total;
            means[column] = double.IsFinite(mean) ? mean : 0;
        }

        return means;
    }
}
