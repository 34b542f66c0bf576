using System.Runtime.CompilerServices;

namespace PromoRec;

/// <summary>Up to three reasons, held in place so that ranking allocates nothing.</summary>
public struct RankReasons : IEquatable<RankReasons>
{
    /// <summary>Most reasons an offer can have.</summary>
    public const int Capacity = 3;

    private Buffer _reasons;

    /// <summary>Number of reasons.</summary>
    public int Count { get; private set; }

    /// <summary>A reason, from 0, strongest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not below <see cref="Count"/>.</exception>
    public readonly RankReason this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _reasons[index];
        }
    }

    /// <summary>Whether both hold the same reasons in the same order.</summary>
    public static bool operator ==(RankReasons left, RankReasons right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(RankReasons left, RankReasons right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(RankReasons other) => ((ReadOnlySpan<RankReason>)_reasons)[..Count].SequenceEqual(((ReadOnlySpan<RankReason>)other._reasons)[..other.Count]);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is RankReasons other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => Count == 0 ? 0 : HashCode.Combine(Count, _reasons[0]);

    /// <summary>Adds a reason; false when there is no room left.</summary>
    internal bool TryAdd(RankReason reason)
    {
        if (Count == Capacity)
        {
            return false;
        }

        _reasons[Count++] = reason;
        return true;
    }

    [InlineArray(Capacity)]
    private struct Buffer
    {
        private RankReason _first;
    }
}
