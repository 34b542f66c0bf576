namespace PromoRec.Cli.Reading;

/// <summary>Shows the first bytes of a stream before anybody reads it; pipes cannot be read twice.</summary>
internal sealed class HeadStream : ForwardStream
{
    private readonly byte[] _head = new byte[8];
    private readonly int _headLength;
    private int _taken;

    public HeadStream(Stream inner, string path)
        : base(inner)
    {
        try
        {
            _headLength = inner.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
        }
        catch (IOException fault)
        {
            throw InputException.File(path, $"the file cannot be read: {fault.Message}", inner: fault);
        }
    }

    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    public override int Read(Span<byte> buffer)
    {
        if (_taken == _headLength)
        {
            return Inner.Read(buffer);
        }

        int count = Math.Min(buffer.Length, _headLength - _taken);
        _head.AsSpan(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }
}
