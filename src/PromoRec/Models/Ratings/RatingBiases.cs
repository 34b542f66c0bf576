namespace PromoRec.Models.Ratings;

/// <summary>An estimate of a rating from who rates and what is rated, each alone: b(u, i) = μ + bᵤ + bᵢ.</summary>
/// <param name="Mean">μ.</param>
/// <param name="Users">bᵤ of every customer.</param>
/// <param name="Items">bᵢ of every item.</param>
internal sealed record RatingBiases(double Mean, double[] Users, double[] Items)
{
    /// <summary>Far above any bias of ratings in single precision; sums and products of biases below it stay finite.</summary>
    public const double Limit = 1e100;

    /// <summary>Estimates of 0.</summary>
    public static RatingBiases None(int users, int items) => new(0, new double[users], new double[items]);

    /// <summary>The estimate for two rows, either of which may be -1, which adds nothing.</summary>
    public double Of(int userRow, int itemRow) => Of(OfUser(userRow), itemRow);

    /// <summary>The estimate for a customer with this bias.</summary>
    public double Of(double userBias, int itemRow) => Mean + userBias + (itemRow < 0 ? 0 : Items[itemRow]);

    /// <summary>The bias of a customer; 0 for -1.</summary>
    public double OfUser(int userRow) => userRow < 0 ? 0 : Users[userRow];

    /// <summary>The bias of a row that gave, or got, these ratings, while the biases of the other side stay: Σ (r − μ − b) / (λ + n).</summary>
    /// <param name="columns">Rows of the other side.</param>
    /// <param name="ratings">The ratings.</param>
    /// <param name="regularization">λ.</param>
    /// <param name="others">Biases of the other side.</param>
    public double Solve(ReadOnlySpan<int> columns, ReadOnlySpan<float> ratings, double regularization, double[] others)
    {
        double sum = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            sum += ratings[i] - Mean - others[columns[i]];
        }

        // A row may be there for what it was bought, without any rating.
        return columns.Length > 0 ? sum / (regularization + columns.Length) : 0;
    }

    /// <summary>The bias of a customer who is not among these.</summary>
    /// <param name="itemRows">Rows of the items that they rated.</param>
    /// <param name="ratings">The ratings.</param>
    /// <param name="regularization">λᵤ.</param>
    public double SolveUser(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> ratings, double regularization) => Solve(itemRows, ratings, regularization, Items);
}
