namespace PromoRec.Numerics;

/// <summary>Goes through the columns that two sparse rows have in common, ascending.</summary>
/// <param name="left">Columns of one row, ascending.</param>
/// <param name="right">Columns of the other, ascending.</param>
internal ref struct CommonColumns(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
{
    private readonly ReadOnlySpan<int> _left = left;
    private readonly ReadOnlySpan<int> _right = right;

    /// <summary>Place of the common column in the left row.</summary>
    public int Left { get; private set; } = -1;

    /// <summary>Place of the common column in the right row.</summary>
    public int Right { get; private set; } = -1;

    /// <summary>Goes to the next one; false after the last.</summary>
    public bool MoveNext()
    {
        int left = Left + 1, right = Right + 1;
        while (left < _left.Length && right < _right.Length)
        {
            int order = _left[left].CompareTo(_right[right]);
            if (order == 0)
            {
                (Left, Right) = (left, right);
                return true;
            }

            left += order < 0 ? 1 : 0;
            right += order > 0 ? 1 : 0;
        }

        (Left, Right) = (_left.Length, _right.Length);
        return false;
    }
}
