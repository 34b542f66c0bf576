using System.Globalization;

namespace PromoRec.Tuning;

/// <summary>Values of the parameters of a <see cref="SearchSpace"/>. Immutable.</summary>
public sealed class ParameterValues : IEquatable<ParameterValues>
{
    private readonly KeyValuePair<string, object>[] _values;

    /// <summary>Starts with no values.</summary>
    public ParameterValues()
        : this([])
    {
    }

    private ParameterValues(KeyValuePair<string, object>[] values) => _values = values;

    /// <summary>The names, in the order in which they were added.</summary>
    public IReadOnlyList<string> Names => Array.ConvertAll(_values, value => value.Key);

    /// <summary>These values and that of one more parameter.</summary>
    /// <exception cref="ArgumentException">It has a value already.</exception>
    public ParameterValues With(string name, double value) => Add(name, value);

    /// <inheritdoc cref="With(string, double)"/>
    public ParameterValues With(string name, int value) => Add(name, value);

    /// <inheritdoc cref="With(string, double)"/>
    public ParameterValues With(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(name, value);
    }

    /// <summary>The value of a parameter that is a number.</summary>
    /// <exception cref="KeyNotFoundException">There is no such number.</exception>
    public double Real(string name) => Find(name) is double value ? value : throw Missing(name, "number");

    /// <summary>The value of a parameter that is a whole number.</summary>
    /// <exception cref="KeyNotFoundException">There is no such whole number.</exception>
    public int Whole(string name) => Find(name) is int value ? value : throw Missing(name, "whole number");

    /// <summary>The value of a parameter that is a choice.</summary>
    /// <exception cref="KeyNotFoundException">There is no such choice.</exception>
    public string Choice(string name) => Find(name) as string ?? throw Missing(name, "choice");

    /// <summary>The value of any parameter as text: numbers in the invariant culture, so that reading them gives the same number.</summary>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public string Text(string name) => Convert.ToString(Find(name), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : throw Missing(name, "value");

    /// <inheritdoc/>
    public bool Equals(ParameterValues? other) => other is not null && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParameterValues);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (KeyValuePair<string, object> value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>All values: "factors=64, weighting=bm25".</summary>
    public override string ToString() => string.Join(", ", _values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Key}={value.Value}")));

    /// <summary>A value, or null.</summary>
    internal object? Find(string name) => Array.Find(_values, value => value.Key == name).Value;

    private static KeyNotFoundException Missing(string name, string kind) => new($"There is no {kind} called '{name}'.");

    private ParameterValues Add(string name, object value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Find(name) is null
            ? new ParameterValues([.. _values, new(name, value)])
            : throw new ArgumentException($"'{name}' has a value already.", nameof(name));
    }
}
