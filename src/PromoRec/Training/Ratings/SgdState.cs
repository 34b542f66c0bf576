using System.Numerics.Tensors;
using PromoRec.Datasets;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;

namespace PromoRec.Training.Ratings;

/// <summary>Biases and factors while they are learnt.</summary>
internal sealed class SgdState
{
    private readonly SgdRules _rules;

    /// <exception cref="TrainingException">There are too many customers or items for so many factors.</exception>
    public SgdState(InteractionDataset dataset, double mean, SgdRules rules)
    {
        _rules = rules;
        Biases = new RatingBiases(mean, new double[dataset.UserCount], new double[dataset.ItemCount]);
        Users = StartFactors(dataset.ByUser, side: 0);
        Items = StartFactors(dataset.ByItem, side: 1);
    }

    public RatingBiases Biases { get; }

    public FactorMatrix Users { get; }

    public FactorMatrix Items { get; }

    /// <summary>Small random factors; none for a row without ratings, from which nothing would ever be learnt.</summary>
    /// <remarks>Every row has a stream of its own, so that its numbers do not depend on what was drawn before it.</remarks>
    /// <param name="byRow">The ratings of each row.</param>
    /// <param name="side">Tells apart matrices of one seed.</param>
    public FactorMatrix StartFactors(CsrMatrix byRow, ulong side)
    {
        if (!FactorMatrix.Fits(byRow.Rows, _rules.Factors))
        {
            throw new TrainingException(
                $"{byRow.Rows:N0} customers or items with {_rules.Factors} factors are more numbers than one matrix holds, which is 2³¹. Lower Factors, or leave out customers or items with few ratings.");
        }

        FactorMatrix factors = FactorMatrix.Create(byRow.Rows, _rules.Factors);
        for (int row = 0; row < byRow.Rows; row++)
        {
            var random = new SeededRandom(_rules.Seed, (side << 32) | (uint)row);
            foreach (ref float factor in factors.Row(row)[..(byRow.RowLength(row) > 0 ? _rules.Factors : 0)])
            {
                factor = (float)(_rules.InitialScale * random.NextGaussian());
            }
        }

        return factors;
    }

    /// <summary>What the model does not yet explain of a rating, e = r − μ − bᵤ − bᵢ − dot; moves the two biases.</summary>
    /// <returns>γe.</returns>
    public double StepBiases(int user, int item, float rating, float dot)
    {
        ref double ofUser = ref Biases.Users[user];
        ref double ofItem = ref Biases.Items[item];
        double error = rating - (Biases.Mean + ofUser + ofItem + dot);
        ofUser += _rules.LearningRate * (error - (_rules.Regularization * ofUser));
        ofItem += _rules.LearningRate * (error - (_rules.Regularization * ofItem));
        return _rules.LearningRate * error;
    }

    /// <exception cref="TrainingException">Biases or factors have grown beyond bounds.</exception>
    public void ThrowIfDiverged(params ReadOnlySpan<FactorMatrix> others)
    {
        bool bounded = BiasedFactors.IsBounded(Users.Data) && BiasedFactors.IsBounded(Items.Data) && IsBounded(Biases.Users) && IsBounded(Biases.Items);
        foreach (FactorMatrix other in others)
        {
            bounded &= BiasedFactors.IsBounded(other.Data);
        }

        if (!bounded)
        {
            throw new TrainingException(
                $"The factors diverge with LearningRate {_rules.LearningRate} and Regularization {_rules.Regularization}. Lower LearningRate, or scale the ratings down to some units.");
        }
    }

    // Written so that a NaN fails it.
    private static bool IsBounded(double[] biases) => biases.Length == 0 || TensorPrimitives.MaxMagnitude<double>(biases) is > -BiasedFactors.Limit and < BiasedFactors.Limit;
}
