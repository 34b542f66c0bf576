using PromoRec.Datasets.Features;
using PromoRec.Models.Linear;
using PromoRec.Numerics;

namespace PromoRec.Training.Linear;

/// <summary>An example set as solvers want it: without examples that count nothing and columns that say nothing, and by columns too.</summary>
/// <remarks>
/// A column that holds nothing gets the weight 0, which every penalty prefers. So does, beside an intercept, one that holds the same in every
/// example: the intercept does what its weight would do, and has no penalty.
/// </remarks>
internal sealed class LinearProblem
{
    private CsrMatrix? _byColumn;

    public LinearProblem(ExampleSet examples, LinearTrainingOptions options, CancellationToken cancellationToken)
    {
        bool classifies = options.Loss != LinearLoss.Squared;
        ColumnCount = examples.Schema.ColumnCount;
        int[] rows = KeptRows(examples);
        Targets = new double[rows.Length];
        Costs = new double[rows.Length];
        int positives = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double label = examples.Labels[rows[i]];
            if (classifies && label is not (0 or 1))
            {
                Throw.NotAClass(rows[i], label, options.Loss);
            }

            positives += label == 1 ? 1 : 0;
            Targets[i] = classifies ? (2 * label) - 1 : label;
            Costs[i] = options.Cost * examples.Weights[rows[i]] * (label == 1 ? options.PositiveWeight : options.NegativeWeight);
        }

        if (rows.Length == 0)
        {
            Throw.NoExamples(examples.Count);
        }

        if (classifies && (positives == 0 || positives == rows.Length))
        {
            Throw.OneClass(rows.Length, positives > 0);
        }

        var builder = new DesignBuilder(examples.Features, rows, options.Intercept, Threads.Resolve(options.Threads), cancellationToken);
        Design = builder.Build();
        UsedColumns = builder.UsedColumns;
        HasIntercept = options.Intercept;
        CancellationToken = cancellationToken;
    }

    /// <summary>Columns of the schema.</summary>
    public int ColumnCount { get; }

    /// <summary>Examples × used columns.</summary>
    public DesignMatrix Design { get; }

    /// <summary>Used columns × examples.</summary>
    public CsrMatrix ByColumn => _byColumn ??= Design.ByColumn();

    /// <summary>The schema's column of each used one.</summary>
    public int[] UsedColumns { get; }

    /// <summary>1 or -1, or the number to predict.</summary>
    public double[] Targets { get; }

    /// <summary>What each example's loss counts in the objective: cost · weight · class weight, above 0.</summary>
    public double[] Costs { get; }

    public bool HasIntercept { get; }

    public CancellationToken CancellationToken { get; }

    public int Rows => Targets.Length;

    public int Columns => UsedColumns.Length;

    /// <summary>Number of coordinates: the used columns and, after them, the intercept.</summary>
    public int Length => Columns + (HasIntercept ? 1 : 0);

    private static int[] KeptRows(ExampleSet examples)
    {
        List<int> rows = new(examples.Count);
        for (int row = 0; row < examples.Count; row++)
        {
            if (examples.Weights[row] > 0)
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }
}
