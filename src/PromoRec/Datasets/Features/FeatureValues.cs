using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace PromoRec.Datasets.Features;

/// <summary>What is known about one example, by the names of a schema. Fields that are not set say nothing.</summary>
/// <remarks>Mutable and cheap to use again after <see cref="Clear"/>; for one thread at a time.</remarks>
public sealed class FeatureValues
{
    private readonly double[] _numbers;
    private readonly List<string>?[] _texts;

    /// <summary>Creates values of which none is set.</summary>
    public FeatureValues(FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        _numbers = new double[schema.Fields.Count];
        _texts = new List<string>?[schema.Fields.Count];
        Clear();
    }

    /// <summary>The schema that gives the names.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>Sets a number, for a <see cref="FeatureKind.Number"/> or <see cref="FeatureKind.Buckets"/>.</summary>
    /// <exception cref="ArgumentException">The schema has no such field, the field takes texts, or the number is not finite.</exception>
    public FeatureValues Set(string name, double value)
    {
        int position = PositionOf(name, takesNumbers: true);
        FeatureField field = Schema.Fields[position];
        if (!double.IsFinite(value) || (field.Kind == FeatureKind.Number && !float.IsFinite((float)((value - field.Center) / field.Scale))))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The feature '{name}' is {value}; it must be finite, and in single precision too once scaled. Leave a missing value unset."), nameof(value));
        }

        _numbers[position] = value;
        return this;
    }

    /// <summary>Sets the texts of a <see cref="FeatureKind.Categories"/> or <see cref="FeatureKind.Hashed"/> field in place of earlier ones. A text given twice counts once.</summary>
    /// <exception cref="ArgumentException">The schema has no such field, or the field takes a number.</exception>
    /// <exception cref="ArgumentNullException">A text is null.</exception>
    public FeatureValues Set(string name, params ReadOnlySpan<string> values)
    {
        int position = PositionOf(name, takesNumbers: false);
        foreach (string value in values)
        {
            ArgumentNullException.ThrowIfNull(value, nameof(values));
        }

        // The list is kept, so that setting a field again allocates nothing.
        List<string> distinct = _texts[position] ??= [];
        distinct.Clear();
        foreach (string value in values)
        {
            if (!distinct.Contains(value))
            {
                distinct.Add(value);
            }
        }

        return this;
    }

    /// <summary>Unsets a field that the schema has.</summary>
    internal void Unset(string name)
    {
        _ = Schema.TryGetPosition(name, out int position);
        _numbers[position] = double.NaN;
        _texts[position]?.Clear();
    }

    /// <summary>Unsets every field.</summary>
    public void Clear()
    {
        Array.Fill(_numbers, double.NaN);
        foreach (List<string>? texts in _texts)
        {
            texts?.Clear();
        }
    }

    /// <summary>The number of a field, or NaN where it is not set.</summary>
    internal double NumberAt(int position) => _numbers[position];

    internal ReadOnlySpan<string> TextsAt(int position) => CollectionsMarshal.AsSpan(_texts[position]);

    private int PositionOf(string name, bool takesNumbers)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Schema.TryGetPosition(name, out int position))
        {
            ThrowUnknown(name);
        }

        FeatureKind kind = Schema.Fields[position].Kind;
        if (takesNumbers ? kind is not (FeatureKind.Number or FeatureKind.Buckets) : kind is not (FeatureKind.Categories or FeatureKind.Hashed))
        {
            throw new ArgumentException($"The feature '{name}' is of kind {kind} and cannot be set to a {(takesNumbers ? "number" : "text")}.", nameof(name));
        }

        return position;
    }

    [DoesNotReturn]
    private void ThrowUnknown(string name) =>
        throw new ArgumentException($"The schema has no feature '{name}'. It has {string.Join(", ", Schema.Fields.Take(20).Select(field => $"'{field.Name}'"))}{(Schema.Fields.Count > 20 ? " and more" : string.Empty)}.", nameof(name));
}
