namespace PromoRec.Scoring;

/// <summary>Where <see cref="NarrowScorer"/> puts what is known of a customer, kept by its thread.</summary>
internal sealed class NarrowScratch
{
    [ThreadStatic]
    private static NarrowScratch? _ofThread;

    private int[] _rows = [];
    private float[] _values = [];
    private int[] _consumed = [];

    public static NarrowScratch OfThread => _ofThread ??= new NarrowScratch();

    public Span<int> Rows(int count) => Of(ref _rows, count);

    public Span<float> Values(int count) => Of(ref _values, count);

    public Span<int> Consumed(int count) => Of(ref _consumed, count);

    private static Span<T> Of<T>(ref T[] array, int count)
    {
        if (array.Length < count)
        {
            array = new T[Math.Max(count, array.Length * 2)];
        }

        return array.AsSpan(0, count);
    }
}
