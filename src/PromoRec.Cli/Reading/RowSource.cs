namespace PromoRec.Cli.Reading;

/// <summary>The rows of a file, one after the other, whatever its format. Fields are UTF-8 and valid until the next read.</summary>
internal abstract class RowSource(string path) : IDisposable
{
    public string Path { get; } = path;

    /// <summary>Line at which the current row starts, from 1.</summary>
    public abstract long Line { get; }

    /// <summary>A field of the current row by its column; empty where the row does not have it.</summary>
    public abstract ReadOnlySpan<byte> this[int column] { get; }

    /// <summary>Goes to the next row; false when there is none.</summary>
    /// <exception cref="InputException">The row cannot be read. If only the row is bad, the next call goes on after it.</exception>
    public abstract bool Read();

    /// <summary>Whether the file can have a column: its header does, or rows decide for themselves.</summary>
    public abstract bool MayHave(int column);

    /// <summary>Does something with every row, and leaves bad ones out as long as that is allowed.</summary>
    /// <exception cref="InputException">The file cannot be read, or has a bad row more than allowed.</exception>
    public void ReadAll(BadRows badRows, Action row, CancellationToken cancellationToken)
    {
        for (bool more = true; more;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                more = Read();
                if (more)
                {
                    row();
                }
            }
            catch (InputException fault) when (fault.IsRow)
            {
                badRows.Skip(fault);
            }
        }
    }

    public abstract void Dispose();
}
