using System.Numerics;
using System.Numerics.Tensors;
using PromoRec.Numerics;

namespace PromoRec.Models.Artifacts;

/// <summary>Checks of what stands in the tensors of numbers. Each names the byte at which a wrong element stands.</summary>
internal static class ContentChecks
{
    /// <summary>Offsets must begin at 0 and end where what they point into ends; O(1), so it is always checked.</summary>
    public static void OffsetEnds(ArtifactBytes bytes, TensorEntry entry, ReadOnlySpan<long> offsets, int length)
    {
        if (offsets.Length == 0 || offsets[0] != 0 || offsets[^1] != length)
        {
            throw bytes.Fault(entry.Offset, $"the offsets '{entry.Name}' do not span what they point into", $"offsets from 0 to {length:N0}");
        }
    }

    public static void Ascending(ArtifactBytes bytes, TensorEntry entry, ReadOnlySpan<long> offsets)
    {
        for (int i = 1; i < offsets.Length; i++)
        {
            if (offsets[i] < offsets[i - 1])
            {
                throw bytes.Fault(At<long>(entry, i), $"the offsets '{entry.Name}' fall from {offsets[i - 1]:N0} to {offsets[i]:N0}", "offsets that never fall");
            }
        }
    }

    /// <summary>Columns must be in range and strictly ascending in each row. The offsets have been checked.</summary>
    public static void Columns(ArtifactBytes bytes, TensorEntry entry, ReadOnlySpan<long> offsets, ReadOnlySpan<int> columns, int columnCount)
    {
        for (int row = 0; row + 1 < offsets.Length; row++)
        {
            int previous = -1;
            for (int i = (int)offsets[row]; i < (int)offsets[row + 1]; i++)
            {
                if (columns[i] <= previous || columns[i] >= columnCount)
                {
                    throw bytes.Fault(At<int>(entry, i), $"the column {columns[i]:N0} of '{entry.Name}' comes after {previous:N0}", $"columns that ascend within a row, below {columnCount:N0}");
                }

                previous = columns[i];
            }
        }
    }

    public static void Finite(ArtifactBytes bytes, TensorEntry entry, ReadOnlySpan<float> values)
    {
        if (TensorPrimitives.IsFiniteAll(values))
        {
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw bytes.Fault(At<float>(entry, i), $"element {i:N0} of '{entry.Name}' is {values[i]}", "a finite number");
            }
        }
    }

    public static void NotNegative(ArtifactBytes bytes, TensorEntry entry, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] < 0)
            {
                throw bytes.Fault(At<float>(entry, i), $"element {i:N0} of '{entry.Name}' is {values[i]}", "a number from 0 up");
            }
        }
    }

    /// <summary>Days from 0001-01-01 to 9999-12-31, or 0.</summary>
    public static void Days(ArtifactBytes bytes, TensorEntry entry, ReadOnlySpan<int> days)
    {
        int last = DateOnly.MaxValue.DayNumber;
        for (int i = 0; i < days.Length; i++)
        {
            if (days[i] < 0 || days[i] > last)
            {
                throw bytes.Fault(At<int>(entry, i), $"element {i:N0} of '{entry.Name}' is {days[i]}", $"a day from 0 to {last:N0}");
            }
        }
    }

    public static void Positive(ArtifactBytes bytes, TensorEntry entry, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!(values[i] > 0))
            {
                throw bytes.Fault(At<float>(entry, i), $"element {i:N0} of '{entry.Name}' is {values[i]}", "a number above 0");
            }
        }
    }

    /// <summary>Every element must lie between -limit and limit, so that sums and products of them are numbers.</summary>
    public static void Bounded<T>(ArtifactBytes bytes, TensorEntry entry, ReadOnlySpan<T> values, T limit)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!(T.Abs(values[i]) < limit))
            {
                throw bytes.Fault(At<T>(entry, i), $"element {i:N0} of '{entry.Name}' is {values[i]}", $"a number from -{limit} to {limit}");
            }
        }
    }

    /// <summary>Kernels run over whole rows, so a number in the padding would change every score.</summary>
    public static void ZeroPadding(ArtifactBytes bytes, TensorEntry entry, FactorMatrix matrix)
    {
        if (matrix.Factors == matrix.Stride)
        {
            return;
        }

        for (int row = 0; row < matrix.Rows; row++)
        {
            int found = matrix.Row(row)[matrix.Factors..].IndexOfAnyExcept(0f);
            if (found >= 0)
            {
                throw bytes.Fault(At<float>(entry, ((long)row * matrix.Stride) + matrix.Factors + found), $"the padding of row {row:N0} of '{entry.Name}' is not zero", "zeros after the factors");
            }
        }
    }

    private static unsafe long At<T>(TensorEntry entry, long index)
        where T : unmanaged => entry.Offset + (index * sizeof(T));
}
