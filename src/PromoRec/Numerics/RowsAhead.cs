using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace PromoRec.Numerics;

/// <summary>Rows of a table that are needed next: asked for a few at a time while something else is calculated, so that nobody waits for memory later.</summary>
/// <remarks>A hint to the processor, which changes no result. On processors other than x86 it does nothing.</remarks>
internal ref struct RowsAhead
{
    private readonly ref float _table;
    private readonly int _stride;
    private readonly int _linesAtOnce;
    private ref int _rows;
    private int _left;
    private int _column;

    /// <param name="table">The table.</param>
    /// <param name="rows">Rows of it; nothing is read where they are none.</param>
    /// <param name="calls">About how often <see cref="Fetch"/> will be called.</param>
    public RowsAhead(FactorMatrix table, ReadOnlySpan<int> rows, int calls)
    {
        _table = ref MemoryMarshal.GetReference(table.Data);
        _stride = table.Stride;
        _linesAtOnce = 1 + (rows.Length * (table.Stride / FactorMatrix.LaneCount) / calls);
        _rows = ref MemoryMarshal.GetReference(rows);
        _left = Sse.IsSupported ? rows.Length : 0;
    }

    /// <summary>Asks for the next few lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch()
    {
        if (_left > 0)
        {
            FetchSome();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void FetchSome()
    {
        ref int row = ref _rows;
        int left = _left, column = _column;
        ref float first = ref Unsafe.Add(ref _table, (nint)row * _stride);
        for (int line = 0; line < _linesAtOnce && left > 0; line++)
        {
            // To the second-level cache: the first is full of what is being calculated.
            Sse.Prefetch1(Unsafe.AsPointer(ref Unsafe.Add(ref first, column)));
            column += FactorMatrix.LaneCount;
            if (column == _stride)
            {
                column = 0;
                left--;
                row = ref Unsafe.Add(ref row, left > 0 ? 1 : 0);
                first = ref Unsafe.Add(ref _table, (nint)row * _stride);
            }
        }

        _rows = ref row;
        _left = left;
        _column = column;
    }
}
