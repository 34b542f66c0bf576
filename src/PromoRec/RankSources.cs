namespace PromoRec;

/// <summary>Which members of a hybrid named an offer. Allocates nothing until it is turned into text.</summary>
public readonly struct RankSources : IEquatable<RankSources>
{
    private readonly string[]? _names;
    private readonly uint _mask;

    internal RankSources(string[] names, uint mask)
    {
        _names = names;
        _mask = mask;
    }

    /// <summary>How many named it; 0 where a single model answered.</summary>
    public int Count => System.Numerics.BitOperations.PopCount(_mask);

    /// <summary>Whether both are the same members of the same model.</summary>
    public static bool operator ==(RankSources left, RankSources right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(RankSources left, RankSources right) => !left.Equals(right);

    /// <summary>Whether a member named the offer.</summary>
    public bool Contains(string name)
    {
        for (int i = 0; _names is not null && i < _names.Length; i++)
        {
            if ((_mask & (1u << i)) != 0 && string.Equals(_names[i], name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The names, in the order of the hybrid's members.</summary>
    public string[] ToArray()
    {
        uint mask = _mask;
        return _names is null ? [] : [.. _names.Where((_, i) => (mask & (1u << i)) != 0)];
    }

    /// <summary>The names with commas between them.</summary>
    public override string ToString() => string.Join(", ", ToArray());

    /// <inheritdoc/>
    public bool Equals(RankSources other) => _mask == other._mask && ReferenceEquals(_names, other._names);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RankSources other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)_mask;
}
