namespace PromoRec.Tests.Training.Ratings;

/// <summary>SVD and SVD++ step by step in double, as Surprise does them: at every rating all that belongs to it is moved.</summary>
internal sealed class DenseSgd(double[,] ratings, double learningRate, double regularization, double[,] p, double[,] q, double[,]? y)
{
    private readonly DenseRatings _twin = new(ratings);

    public double[] UserBiases { get; } = new double[ratings.GetLength(0)];

    public double[] ItemBiases { get; } = new double[ratings.GetLength(1)];

    public double[,] Users => p;

    public double[,] Items => q;

    public double[,]? Implicit => y;

    private int Factors => q.GetLength(1);

    public double Estimate(int user, int item) =>
        _twin.Mean + UserBiases[user] + ItemBiases[item] + Enumerable.Range(0, Factors).Sum(f => (p[user, f] + Feedback(user, f)) * q[item, f]);

    public void Epoch()
    {
        foreach ((int user, int item) in _twin.All())
        {
            double error = ratings[user, item] - Estimate(user, item);
            double[] feedback = [.. Enumerable.Range(0, Factors).Select(f => Feedback(user, f))];
            UserBiases[user] += learningRate * (error - (regularization * UserBiases[user]));
            ItemBiases[item] += learningRate * (error - (regularization * ItemBiases[item]));
            int[] items = _twin.ItemsOf(user);
            for (int f = 0; f < Factors; f++)
            {
                (double oldP, double oldQ) = (p[user, f], q[item, f]);
                p[user, f] += learningRate * ((error * oldQ) - (regularization * oldP));
                q[item, f] += learningRate * ((error * (oldP + feedback[f])) - (regularization * oldQ));
                for (int j = 0; y is not null && j < items.Length; j++)
                {
                    y[items[j], f] += learningRate * ((error * oldQ / Math.Sqrt(items.Length)) - (regularization * y[items[j], f]));
                }
            }
        }
    }

    private double Feedback(int user, int f) => y is null ? 0 : _twin.ItemsOf(user).Sum(item => y[item, f]) / Math.Sqrt(_twin.ItemsOf(user).Length);
}
