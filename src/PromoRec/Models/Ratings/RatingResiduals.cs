using PromoRec.Numerics;

namespace PromoRec.Models.Ratings;

/// <summary>What baseline estimates leave of ratings, in single precision and never infinite.</summary>
internal static class RatingResiduals
{
    /// <summary>The same matrix with what is left.</summary>
    /// <param name="byUser">Customers × items.</param>
    /// <param name="biases">The estimates.</param>
    public static CsrMatrix Of(CsrMatrix byUser, RatingBiases biases)
    {
        var residuals = new float[byUser.Count];
        for (int row = 0, at = 0; row < byUser.Rows; row++)
        {
            float[] ofRow = Of(byUser.ColumnsOf(row), byUser.ValuesOf(row), biases, biases.Users[row]);
            ofRow.CopyTo(residuals, at);
            at += ofRow.Length;
        }

        return new CsrMatrix(byUser.Columns, byUser.Offsets.ToArray(), byUser.AllColumns.ToArray(), residuals);
    }

    /// <summary>What is left of the ratings of one customer.</summary>
    /// <param name="itemRows">Rows of the items that they rated.</param>
    /// <param name="ratings">The ratings.</param>
    /// <param name="biases">The estimates.</param>
    /// <param name="userBias">Bias of the customer.</param>
    public static float[] Of(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> ratings, RatingBiases biases, double userBias)
    {
        var residuals = new float[itemRows.Length];
        for (int i = 0; i < residuals.Length; i++)
        {
            residuals[i] = RatingScale.ToSingle(ratings[i] - biases.Of(userBias, itemRows[i]));
        }

        return residuals;
    }
}
