using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace PromoRec.Models.Artifacts;

/// <summary>Takes some bytes of a tensor, in order.</summary>
internal delegate void ByteSink(ReadOnlySpan<byte> bytes);

/// <summary>Gives a tensor's elements. The delegate holds what owns them.</summary>
internal delegate ReadOnlySpan<T> ElementSource<T>();

/// <summary>A tensor that is to be written.</summary>
internal abstract class TensorData(string name, TensorType type, long[] shape)
{
    public string Name { get; } = name;

    public TensorType Type { get; } = type;

    public long[] Shape { get; } = shape;

    public long ByteCount { get; } = shape.Aggregate((long)type.Size, (product, dimension) => checked(product * dimension));

    /// <summary>Hands all bytes to a sink, piece by piece.</summary>
    public abstract void Write(ByteSink sink);

    /// <summary>Whether all elements are finite.</summary>
    public abstract bool IsFinite();

    public static TensorData Of<T>(string name, ElementSource<T> source, params long[] shape)
        where T : unmanaged => new Elements<T>(name, source, shape);

    private sealed class Elements<T>(string name, ElementSource<T> source, long[] shape) : TensorData(name, TensorType.Of<T>(), shape)
        where T : unmanaged
    {
        // Small enough that a piece in bytes never overflows, and that cancelling takes effect soon.
        private const int Piece = 1 << 18;

        public override void Write(ByteSink sink)
        {
            ReadOnlySpan<T> elements = source();
            for (int at = 0; at < elements.Length; at += Piece)
            {
                sink(MemoryMarshal.AsBytes(elements.Slice(at, Math.Min(Piece, elements.Length - at))));
            }

            GC.KeepAlive(source);
        }

        public override bool IsFinite()
        {
            ReadOnlySpan<T> elements = source();
            bool isFinite = elements.IsEmpty
                || (typeof(T) == typeof(float) ? TensorPrimitives.IsFiniteAll(MemoryMarshal.Cast<T, float>(elements))
                    : typeof(T) != typeof(double) || TensorPrimitives.IsFiniteAll(MemoryMarshal.Cast<T, double>(elements)));
            GC.KeepAlive(source);
            return isFinite;
        }
    }
}
