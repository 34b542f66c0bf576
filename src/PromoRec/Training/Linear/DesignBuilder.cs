using System.Numerics.Tensors;
using PromoRec.Numerics;

namespace PromoRec.Training.Linear;

/// <summary>Makes a <see cref="DesignMatrix"/> of examples: chooses the columns, orders them by how many values they have, and lays the rows out anew.</summary>
internal sealed class DesignBuilder
{
    // Pieces of rows that threads take one by one.
    private const int PieceRows = 1 << 14;

    private readonly CsrMatrix _features;
    private readonly int[] _rows;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;
    private readonly int _hotColumns;
    private readonly int _hotStep;
    private readonly int[] _labels;
    private readonly int[] _counts;

    /// <param name="features">Examples × columns of the schema.</param>
    /// <param name="rows">The examples that count.</param>
    /// <param name="leaveOutConstant">Whether columns that hold the same in every example are left out.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops between two pieces.</param>
    /// <param name="maxHotColumns">Most hot columns of the result.</param>
    public DesignBuilder(CsrMatrix features, int[] rows, bool leaveOutConstant, int threads, CancellationToken cancellationToken, int maxHotColumns = DesignMatrix.MaxHotColumns)
    {
        _features = features;
        _rows = rows;
        _threads = threads;
        _cancellationToken = cancellationToken;
        int[] stored = CountsOfColumns();
        if (leaveOutConstant)
        {
            DropConstant(stored);
        }

        UsedColumns = ByFallingCount(stored, rows.Length);
        _labels = new int[features.Columns];
        Array.Fill(_labels, -1);
        _counts = new int[UsedColumns.Length];
        for (int label = 0; label < _counts.Length; label++)
        {
            _labels[UsedColumns[label]] = label;
            _counts[label] = stored[UsedColumns[label]];
        }

        _hotColumns = Math.Min(maxHotColumns, _counts.Length);
        _hotStep = features.Count + ((long)DesignMatrix.Padding * rows.Length) <= int.MaxValue ? DesignMatrix.Padding : 1;
    }

    /// <summary>The schema's column of each column of the design matrix, by falling number of values.</summary>
    public int[] UsedColumns { get; }

    public DesignMatrix Build()
    {
        var hotStarts = new int[_rows.Length + 1];
        var coldStarts = new int[_rows.Length + 1];
        var hotValueStarts = new int[_rows.Length];
        var coldValueStarts = new int[_rows.Length];
        InPieces(() => (first, end) => Measure(first, end, hotStarts, coldStarts, hotValueStarts, coldValueStarts));
        Accumulate(hotStarts);
        Accumulate(coldStarts);
        var hotColumns = new ushort[hotStarts[^1]];
        var coldColumns = new int[coldStarts[^1]];
        var hot = new float[PlaceValues(hotStarts, hotValueStarts)];
        var cold = new float[PlaceValues(coldStarts, coldValueStarts)];
        InPieces(() => (first, end) =>
        {
            for (int row = first; row < end; row++)
            {
                Fill(row, hotColumns.AsSpan(hotStarts[row]..hotStarts[row + 1]), coldColumns.AsSpan(coldStarts[row]), ValuesAt(hot, hotValueStarts[row]), ValuesAt(cold, coldValueStarts[row]));
            }
        });
        var coldRows = new CompactRows<int>(DesignMatrix.Padding + _counts.Length, coldStarts, coldColumns, coldValueStarts, cold);
        return new DesignMatrix(
            _rows.Length,
            _counts,
            new CompactRows<ushort>(DesignMatrix.Padding + _hotColumns, hotStarts, hotColumns, hotValueStarts, hot),
            coldRows,
            Transpose(coldRows),
            _threads,
            _cancellationToken);
    }

    private static Span<float> ValuesAt(float[] values, int start) => start < 0 ? default : values.AsSpan(start);

    /// <summary>How many values each column of the schema has.</summary>
    private int[] CountsOfColumns()
    {
        List<int[]> parts = [];
        InPieces(() =>
        {
            var own = new int[_features.Columns];
            lock (parts)
            {
                parts.Add(own);
            }

            return (first, end) =>
            {
                for (int row = first; row < end; row++)
                {
                    foreach (int column in _features.ColumnsOf(_rows[row]))
                    {
                        own[column]++;
                    }
                }
            };
        });

        // Whole numbers add up to the same in any order.
        int[] counts = parts.Count > 0 ? parts[0] : new int[_features.Columns];
        foreach (int[] part in parts.Skip(1))
        {
            TensorPrimitives.Add(counts, part, counts);
        }

        return counts;
    }

    /// <summary>Sets the counts of columns that hold the same in every example to 0.</summary>
    private void DropConstant(int[] counts)
    {
        var candidates = new bool[counts.Length];
        var first = new float[counts.Length];
        bool any = false;
        ReadOnlySpan<int> columns = _rows.Length > 0 ? _features.ColumnsOf(_rows[0]) : default;
        for (int i = 0; i < columns.Length; i++)
        {
            candidates[columns[i]] = counts[columns[i]] == _rows.Length;
            first[columns[i]] = _features.ValuesOf(_rows[0])[i];
            any |= candidates[columns[i]];
        }

        if (!any)
        {
            return;
        }

        foreach (int row in _rows)
        {
            ReadOnlySpan<int> columnsOfRow = _features.ColumnsOf(row);
            ReadOnlySpan<float> valuesOfRow = _features.ValuesOf(row);
            for (int i = 0; i < columnsOfRow.Length; i++)
            {
                candidates[columnsOfRow[i]] &= valuesOfRow[i] == first[columnsOfRow[i]];
            }
        }

        for (int column = 0; column < counts.Length; column++)
        {
            counts[column] = candidates[column] ? 0 : counts[column];
        }
    }

    /// <summary>The columns with at least one value, by falling count, equal ones ascending: a counting sort.</summary>
    private static int[] ByFallingCount(int[] counts, int rows)
    {
        var places = new int[rows + 2];
        foreach (int count in counts)
        {
            places[count]++;
        }

        places[0] = 0;
        for (int count = rows; count >= 0; count--)
        {
            places[count] += places[count + 1];
        }

        // Where the columns of a count start is where those of all larger counts end.
        var columns = new int[places[0]];
        for (int column = 0; column < counts.Length; column++)
        {
            if (counts[column] > 0)
            {
                columns[places[counts[column] + 1]++] = column;
            }
        }

        return columns;
    }

    /// <summary>Counts what each row of a piece will store, and looks whether it needs values.</summary>
    private void Measure(int first, int end, int[] hotStarts, int[] coldStarts, int[] hotValueStarts, int[] coldValueStarts)
    {
        for (int row = first; row < end; row++)
        {
            int hot = 0;
            int cold = 0;
            foreach (int column in _features.ColumnsOf(_rows[row]))
            {
                int label = _labels[column];
                hot += label >= 0 && label < _hotColumns ? 1 : 0;
                cold += label >= _hotColumns ? 1 : 0;
            }

            hotStarts[row + 1] = (hot + _hotStep - 1) / _hotStep * _hotStep;
            coldStarts[row + 1] = cold;
            bool flagsOnly = !_features.ValuesOf(_rows[row]).ContainsAnyExcept(1f);
            hotValueStarts[row] = flagsOnly ? -1 : 0;
            coldValueStarts[row] = flagsOnly ? -1 : 0;
        }
    }

    /// <summary>Makes of the lengths of rows, each one place late, where they start.</summary>
    private static void Accumulate(int[] starts)
    {
        for (int row = 1; row < starts.Length; row++)
        {
            starts[row] += starts[row - 1];
        }
    }

    /// <summary>Replaces the zeros by where the values of each row start; returns how many values there are.</summary>
    private static int PlaceValues(int[] starts, int[] valueStarts)
    {
        int values = 0;
        for (int row = 0; row < valueStarts.Length; row++)
        {
            if (valueStarts[row] >= 0)
            {
                valueStarts[row] = values;
                values += starts[row + 1] - starts[row];
            }
        }

        return values;
    }

    private void Fill(int row, Span<ushort> hotColumns, Span<int> coldColumns, Span<float> hotValues, Span<float> coldValues)
    {
        ReadOnlySpan<int> columns = _features.ColumnsOf(_rows[row]);
        ReadOnlySpan<float> values = _features.ValuesOf(_rows[row]);
        int hot = 0;
        int cold = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            int label = _labels[columns[i]];
            if (label < 0)
            {
                continue;
            }

            if (label < _hotColumns)
            {
                if (hotValues.Length > 0)
                {
                    hotValues[hot] = values[i];
                }

                hotColumns[hot++] = (ushort)(DesignMatrix.Padding + label);
            }
            else
            {
                if (coldValues.Length > 0)
                {
                    coldValues[cold] = values[i];
                }

                coldColumns[cold++] = DesignMatrix.Padding + label;
            }
        }

        // Another place for each, because an addition to the same one would wait for the last.
        for (int i = 0; hot < hotColumns.Length; i++)
        {
            hotColumns[hot++] = (ushort)i;
        }
    }

    /// <summary>The cold columns as rows. Each thread takes a range of columns and goes through all rows, so that nothing is written by two.</summary>
    private CompactRows<int> Transpose(CompactRows<int> cold)
    {
        int[] starts = [0, .. _counts.AsSpan(_hotColumns)];
        Accumulate(starts);
        int[] valueStarts = StartsOfColumnValues(cold);
        int[] next = starts[..^1];
        var rows = new int[starts[^1]];
        var values = new float[PlaceValues(starts, valueStarts)];
        Workers.Run(
            _threads,
            _threads,
            () => part =>
            {
                int from = _hotColumns + FirstAt((long)rows.Length * part / _threads);
                int to = _hotColumns + FirstAt((long)rows.Length * (part + 1) / _threads);
                for (int row = 0; row < _rows.Length; row++)
                {
                    for (int place = 0, count = cold.LengthOf(row); place < count; place++)
                    {
                        int label = cold.ColumnAt(row, place) - DesignMatrix.Padding;
                        if (label < from || label >= to)
                        {
                            continue;
                        }

                        int column = label - _hotColumns;
                        if (valueStarts[column] >= 0)
                        {
                            values[valueStarts[column] + next[column] - starts[column]] = cold.ValueAt(row, place);
                        }

                        rows[next[column]++] = row;
                    }
                }
            },
            _cancellationToken);
        return new CompactRows<int>(_rows.Length, starts, rows, valueStarts, values);

        // The first column of which all values stand at a place or after it.
        int FirstAt(long place)
        {
            int found = Array.BinarySearch(starts, (int)place);
            return found >= 0 ? found : ~found;
        }
    }

    /// <summary>0 for each cold column with a value that is not 1, and -1 for the others.</summary>
    private int[] StartsOfColumnValues(CompactRows<int> cold)
    {
        var starts = new int[_counts.Length - _hotColumns];
        Array.Fill(starts, -1);
        for (int row = 0; row < _rows.Length; row++)
        {
            for (int place = 0; cold.HasValues(row) && place < cold.LengthOf(row); place++)
            {
                if (cold.ValueAt(row, place) != 1)
                {
                    starts[cold.ColumnAt(row, place) - DesignMatrix.Padding - _hotColumns] = 0;
                }
            }
        }

        return starts;
    }

    private void InPieces(Func<Action<int, int>> createWorker) => Workers.Run(
        (_rows.Length + PieceRows - 1) / PieceRows,
        _threads,
        () =>
        {
            Action<int, int> work = createWorker();
            return piece => work(piece * PieceRows, Math.Min(_rows.Length, (piece + 1) * PieceRows));
        },
        _cancellationToken);
}
