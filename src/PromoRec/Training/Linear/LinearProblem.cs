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
    // Below this many values, threads cost more than they save.
    private const int ValuesWorthThreads = 50_000;

    public LinearProblem(ExampleSet examples, LinearTrainingOptions options, CancellationToken cancellationToken)
    {
        bool classifies = options.Loss != LinearLoss.Squared;
        ColumnCount = examples.Schema.ColumnCount;
        List<int> rows = KeptRows(examples);
        Targets = new double[rows.Count];
        Costs = new double[rows.Count];
        int positives = 0;
        for (int i = 0; i < rows.Count; i++)
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

        if (rows.Count == 0)
        {
            Throw.NoExamples(examples.Count);
        }

        if (classifies && (positives == 0 || positives == rows.Count))
        {
            Throw.OneClass(rows.Count, positives > 0);
        }

        ByRow = Compact(examples.Features, rows, options.Intercept, out int[] used);
        ByColumn = ByRow.Transpose();
        UsedColumns = used;
        HasIntercept = options.Intercept;
        Threads = ByRow.Count < ValuesWorthThreads ? 1 : Numerics.Threads.Resolve(options.Threads);
        CancellationToken = cancellationToken;
    }

    /// <summary>Columns of the schema.</summary>
    public int ColumnCount { get; }

    /// <summary>Examples × used columns.</summary>
    public CsrMatrix ByRow { get; }

    /// <summary>Used columns × examples.</summary>
    public CsrMatrix ByColumn { get; }

    /// <summary>The schema's column of each used one, ascending.</summary>
    public int[] UsedColumns { get; }

    /// <summary>1 or -1, or the number to predict.</summary>
    public double[] Targets { get; }

    /// <summary>What each example's loss counts in the objective: cost · weight · class weight, above 0.</summary>
    public double[] Costs { get; }

    public bool HasIntercept { get; }

    public int Threads { get; }

    public CancellationToken CancellationToken { get; }

    public int Rows => Targets.Length;

    public int Columns => UsedColumns.Length;

    /// <summary>Number of coordinates: the used columns and, after them, the intercept.</summary>
    public int Length => Columns + (HasIntercept ? 1 : 0);

    private static List<int> KeptRows(ExampleSet examples)
    {
        List<int> rows = new(examples.Count);
        for (int row = 0; row < examples.Count; row++)
        {
            if (examples.Weights[row] > 0)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static CsrMatrix Compact(CsrMatrix features, List<int> rows, bool leaveOutConstant, out int[] used)
    {
        var position = new int[features.Columns];
        var stored = new int[features.Columns];
        var first = new float[features.Columns];
        var varies = new bool[features.Columns];
        foreach (int row in rows)
        {
            ReadOnlySpan<int> columnsOfRow = features.ColumnsOf(row);
            ReadOnlySpan<float> valuesOfRow = features.ValuesOf(row);
            for (int i = 0; i < columnsOfRow.Length; i++)
            {
                int column = columnsOfRow[i];
                first[column] = stored[column] == 0 ? valuesOfRow[i] : first[column];
                varies[column] |= valuesOfRow[i] != first[column];
                stored[column]++;
            }
        }

        List<int> kept = [];
        for (int column = 0; column < position.Length; column++)
        {
            bool constant = stored[column] == rows.Count && !varies[column];
            position[column] = stored[column] == 0 || (constant && leaveOutConstant) ? -1 : kept.Count;
            if (position[column] >= 0)
            {
                kept.Add(column);
            }
        }

        used = [.. kept];
        var offsets = new long[rows.Count + 1];
        long count = kept.Sum(column => (long)stored[column]);
        var columns = new int[count];
        var values = new float[count];
        int at = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<int> columnsOfRow = features.ColumnsOf(rows[i]);
            ReadOnlySpan<float> valuesOfRow = features.ValuesOf(rows[i]);
            for (int j = 0; j < columnsOfRow.Length; j++)
            {
                if (position[columnsOfRow[j]] >= 0)
                {
                    columns[at] = position[columnsOfRow[j]];
                    values[at++] = valuesOfRow[j];
                }
            }

            offsets[i + 1] = at;
        }

        return new CsrMatrix(used.Length, offsets, columns, values);
    }
}
