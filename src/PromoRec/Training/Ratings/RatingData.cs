using PromoRec.Datasets;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;

namespace PromoRec.Training.Ratings;

/// <summary>What trainers ask of ratings.</summary>
internal static class RatingData
{
    /// <exception cref="TrainingException">There is no rating.</exception>
    public static RatingScale ScaleOf(InteractionDataset dataset) => dataset.Count > 0
        ? RatingScale.Of(dataset.ByUser)
        : throw new TrainingException("There is no rating to learn from. Add interactions of kind Rating whose values are not zero.");

    /// <summary>The mean of every row's ratings; that of all ratings for a row without any.</summary>
    public static double[] MeansOf(CsrMatrix byRow, double mean)
    {
        var means = new double[byRow.Rows];
        for (int row = 0; row < means.Length; row++)
        {
            double sum = 0;
            foreach (float rating in byRow.ValuesOf(row))
            {
                sum += rating;
            }

            means[row] = byRow.RowLength(row) > 0 ? sum / byRow.RowLength(row) : mean;
        }

        return means;
    }

    /// <summary>The same matrix with what its baselines leave of the ratings.</summary>
    public static CsrMatrix Residuals(CsrMatrix byUser, RatingBiases biases)
    {
        var residuals = new float[byUser.Count];
        for (int row = 0, at = 0; row < byUser.Rows; row++)
        {
            foreach (int column in byUser.ColumnsOf(row))
            {
                residuals[at] = ToSingle(byUser.AllValues[at] - biases.Of(row, column));
                at++;
            }
        }

        return new CsrMatrix(byUser.Columns, byUser.Offsets.ToArray(), byUser.AllColumns.ToArray(), residuals);
    }

    /// <summary>A difference of ratings in single precision, never infinite.</summary>
    public static float ToSingle(double difference) => (float)Math.Clamp(difference, float.MinValue, float.MaxValue);
}
