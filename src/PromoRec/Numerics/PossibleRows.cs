namespace PromoRec.Numerics;

/// <summary>The rows that may be among the best of one query, as far as bounds of their scores tell.</summary>
/// <remarks>
/// Of the rows seen, k have a score of at least <see cref="Least"/>, the k-th largest lower bound: a row whose upper bound is lower cannot be among the best k. Those that
/// can are kept; where they become too many, those overtaken meanwhile are dropped, and where that is not enough, all are scored.
/// </remarks>
internal sealed class PossibleRows
{
    private double[] _leasts = [];
    private PossibleRow[] _rows = [];
    private ScoredRow[] _best = [];
    private int _wanted;
    private int _bounded;
    private int _count;
    private int _scored;

    /// <summary>The k-th largest lower bound; negative infinity while there are fewer.</summary>
    public double Least { get; private set; }

    /// <summary>Begins anew.</summary>
    /// <param name="wanted">k, at least 1.</param>
    public void Clear(int wanted)
    {
        if (_leasts.Length < wanted)
        {
            _leasts = new double[wanted];
            _best = new ScoredRow[wanted];
            _rows = new PossibleRow[(4 * wanted) + 176];
        }

        _wanted = wanted;
        _bounded = 0;
        _count = 0;
        _scored = 0;
        Least = double.NegativeInfinity;
    }

    /// <summary>Adds a row whose score lies between two bounds.</summary>
    /// <returns>Whether there is room for another; otherwise the next call must be one of <see cref="Narrow"/>.</returns>
    public bool Add(int row, int order, double least, double most)
    {
        AddLeast(least);
        _rows[_count++] = new PossibleRow(row, order, (float)least, MathF.BitIncrement((float)most));
        return _count < _rows.Length;
    }

    /// <summary>Makes room: drops rows that were overtaken, and where many are left all but the best k by their scores.</summary>
    public void Narrow(FactorMatrix rows, ReadOnlySpan<float> query)
    {
        Drop(Least);
        if (_count <= _rows.Length / 4 * 3)
        {
            return;
        }

        int kept = Finish(rows, query, _best);
        _bounded = 0;
        Least = double.NegativeInfinity;
        for (int i = 0; i < kept; i++)
        {
            AddLeast(_best[i].Score);
        }

        // What was not scored, or has no score, is not among the best.
        int left = 0;
        for (int i = 0; i < _scored; i++)
        {
            PossibleRow one = _rows[i];
            if (!float.IsNaN(one.Most) && !_best[kept - 1].IsBefore(new ScoredRow(one.Order, one.Most)))
            {
                _rows[left++] = one;
            }
        }

        _count = left;
        _scored = 0;
    }

    /// <summary>Scores those that may be among the best k, and writes these, first one first, with their orders as rows.</summary>
    /// <returns>How many there are.</returns>
    public int Finish(FactorMatrix rows, ReadOnlySpan<float> query, Span<ScoredRow> best)
    {
        // First those with the largest lower bounds: their scores are larger than these, and rule out some of the others.
        float least = MathF.BitDecrement((float)Least);
        int first = 0;
        for (int i = 0; i < _count; i++)
        {
            if (_rows[i].Least >= least)
            {
                (_rows[first], _rows[i]) = (_rows[i], _rows[first]);
                first++;
            }
        }

        var top = new TopK(best[.._wanted]);
        _scored = 0;
        Score(first, rows, query, ref top);
        Drop(top.Threshold);
        Score(_count, rows, query, ref top);
        return top.Finish();
    }

    /// <summary>Scores the rows from the last scored one to another.</summary>
    private void Score(int end, FactorMatrix rows, ReadOnlySpan<float> query, ref TopK top)
    {
        const int Most = 32;
        Span<int> numbers = stackalloc int[Most];
        Span<float> scores = stackalloc float[Most];
        while (_scored < end)
        {
            Span<PossibleRow> some = _rows.AsSpan(_scored, Math.Min(Most, end - _scored));
            for (int i = 0; i < some.Length; i++)
            {
                numbers[i] = some[i].Row;
            }

            ChosenRowScores.Compute(query, rows, numbers[..some.Length], scores);
            for (int i = 0; i < some.Length; i++)
            {
                some[i] = some[i] with { Least = scores[i], Most = scores[i] };
                top.Add(some[i].Order, scores[i]);
            }

            _scored += some.Length;
        }
    }

    /// <summary>Drops the rows not yet scored that do not reach a score.</summary>
    private void Drop(double least)
    {
        int left = _scored;
        for (int i = _scored; i < _count; i++)
        {
            PossibleRow one = _rows[i];
            _rows[left] = one;
            left += one.Most >= least ? 1 : 0;
        }

        _count = left;
    }

    /// <summary>Keeps the k largest in a heap with the least of them at its root.</summary>
    private void AddLeast(double least)
    {
        Span<double> heap = _leasts.AsSpan(0, _wanted);
        int at;
        if (_bounded < _wanted)
        {
            at = _bounded++;
            while (at > 0 && heap[(at - 1) / 2] > least)
            {
                heap[at] = heap[(at - 1) / 2];
                at = (at - 1) / 2;
            }
        }
        else if (least > heap[0])
        {
            at = 0;
            while ((2 * at) + 1 < heap.Length)
            {
                int child = (2 * at) + 1;
                child += child + 1 < heap.Length && heap[child + 1] < heap[child] ? 1 : 0;
                if (least <= heap[child])
                {
                    break;
                }

                heap[at] = heap[child];
                at = child;
            }
        }
        else
        {
            return;
        }

        heap[at] = least;
        if (_bounded == _wanted)
        {
            Least = heap[0];
        }
    }
}
