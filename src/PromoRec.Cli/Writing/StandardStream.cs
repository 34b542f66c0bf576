namespace PromoRec.Cli.Writing;

/// <summary>Standard output or error, whose far end may be a full disk or closed.</summary>
/// <param name="inner">The stream of the console.</param>
/// <param name="name">What it is called in a message; null if what cannot be written is dropped, because there is nobody left to tell.</param>
internal sealed class StandardStream(Stream inner, string? name) : Stream
{
    private bool _failed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="OutputException">It cannot be written; later calls do nothing.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_failed)
        {
            return;
        }

        try
        {
            inner.Write(buffer);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _failed = true;
            if (name is not null)
            {
                throw new OutputException(name, $"cannot be written: {(fault.InnerException ?? fault).Message}", fault);
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // The console's streams hold nothing back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
