namespace PromoRec;

/// <summary>Names a promotional offer.</summary>
/// <remarks>
/// One canonical text form stands behind every id, so <c>new OfferId(42)</c> and <c>new OfferId("42")</c> are equal; a <see cref="Guid"/>
/// has its lower-case form with hyphens. Ids are case-sensitive, at most 16,384 characters long, and ordered ordinally.
/// The default value is empty and names nothing.
/// </remarks>
public readonly struct OfferId : IEquatable<OfferId>, IComparable<OfferId>
{
    internal OfferId(IdValue value) => Value = value;

    /// <summary>Names an offer by the host's own text id.</summary>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty, blank, too long or not valid Unicode.</exception>
    public OfferId(string id) => Value = new IdValue(id, nameof(id));

    /// <summary>Names an offer by the host's own number, without allocating.</summary>
    public OfferId(long id) => Value = new IdValue(id);

    /// <summary>Names an offer by the host's own <see cref="Guid"/>.</summary>
    public OfferId(Guid id) => Value = new IdValue(id.ToString("D"), nameof(id));

    internal IdValue Value { get; }

    /// <summary>Whether this is the default value.</summary>
    public bool IsEmpty => Value.IsEmpty;

    /// <summary>Names an offer by a text id.</summary>
    public static implicit operator OfferId(string id) => new(id);

    /// <summary>Names an offer by a number.</summary>
    public static implicit operator OfferId(long id) => new(id);

    /// <summary>Names an offer by a <see cref="Guid"/>.</summary>
    public static implicit operator OfferId(Guid id) => new(id);

    /// <summary>Whether both name the same.</summary>
    public static bool operator ==(OfferId left, OfferId right) => left.Equals(right);

    /// <summary>Whether they name different ones.</summary>
    public static bool operator !=(OfferId left, OfferId right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(OfferId other) => Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OfferId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>Orders by the text form, ordinally.</summary>
    public int CompareTo(OfferId other) => Value.CompareTo(other.Value);

    /// <summary>The canonical text form; empty for the default value.</summary>
    public override string ToString() => Value.ToString();
}
