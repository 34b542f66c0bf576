using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using PromoRec.Numerics;

namespace PromoRec.Datasets.Features;

/// <summary>Collects examples for an <see cref="ExampleSet"/>. For one thread at a time.</summary>
public sealed class ExampleSetBuilder
{
    private readonly FeatureSchema _schema;
    private readonly List<long> _offsets = [0];
    private readonly List<int> _columns = [];
    private readonly List<float> _values = [];
    private readonly List<double> _labels = [];
    private readonly List<double> _weights = [];
    private readonly List<FeatureEntry> _entries = [];

    /// <summary>Creates a builder without examples.</summary>
    public ExampleSetBuilder(FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        _schema = schema;
    }

    /// <summary>Examples added so far.</summary>
    public int Count => _labels.Count;

    /// <summary>Adds an example that is true or false. The values are copied.</summary>
    /// <param name="values">What is known about it.</param>
    /// <param name="label">Whether it happened.</param>
    /// <param name="weight">What it counts: 0 or above.</param>
    /// <exception cref="ArgumentException">The weight is negative or not finite.</exception>
    /// <exception cref="PromoRecException">The values are of another schema.</exception>
    public void Add(FeatureValues values, bool label, double weight = 1) => Add(values, label ? 1.0 : 0.0, weight);

    /// <summary>Adds an example with a number to predict. The values are copied.</summary>
    /// <param name="values">What is known about it.</param>
    /// <param name="target">The number, finite; 1 and 0 are true and false for a loss of classification.</param>
    /// <param name="weight">What it counts: 0 or above.</param>
    /// <exception cref="ArgumentException">The target is not finite, or the weight is negative or not finite.</exception>
    /// <exception cref="PromoRecException">The values are of another schema.</exception>
    public void Add(FeatureValues values, double target, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(values);
        CheckLabel(target, weight);
        if (!ReferenceEquals(values.Schema, _schema))
        {
            _schema.ThrowUnlessSame(values.Schema, "the example set", "the values");
        }

        FeatureEncoder.Encode(values, _entries, withNames: false);
        for (int at = 0; at < _entries.Count;)
        {
            int column = _entries[at].Column;
            float sum = 0;
            for (; at < _entries.Count && _entries[at].Column == column; at++)
            {
                sum += _entries[at].Value;
            }

            _columns.Add(column);
            _values.Add(sum);
        }

        Finish(target, weight);
    }

    /// <summary>Adds an example whose columns are known, one read from a LIBSVM file for instance.</summary>
    /// <param name="columns">Columns from 0, strictly ascending.</param>
    /// <param name="values">Their values, finite.</param>
    /// <param name="target">The number to predict, finite; 1 and 0 are true and false for a loss of classification.</param>
    /// <param name="weight">What it counts: 0 or above.</param>
    /// <exception cref="ArgumentException">A column is outside the schema or not ascending, or a number is not finite, or the weight is negative.</exception>
    public void Add(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, double target, double weight = 1)
    {
        CheckLabel(target, weight);
        if (columns.Length != values.Length)
        {
            throw new ArgumentException($"There are {columns.Length} columns and {values.Length} values, but there must be as many of both.", nameof(values));
        }

        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i] < 0 || columns[i] >= _schema.ColumnCount || (i > 0 && columns[i] <= columns[i - 1]))
            {
                throw new ArgumentException($"Column {columns[i]} is not below {_schema.ColumnCount} or does not ascend.", nameof(columns));
            }

            if (!float.IsFinite(values[i]))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The value of column {columns[i]} is {values[i]}, but must be finite."), nameof(values));
            }
        }

        _columns.AddRange(columns);
        _values.AddRange(values);
        Finish(target, weight);
    }

    /// <summary>Makes the set. The builder may go on; the set does not change.</summary>
    public ExampleSet Build()
    {
        long[] offsets = [.. _offsets];
        int[] columns = [.. _columns];
        float[] values = [.. _values];
        double[] labels = [.. _labels];
        double[] weights = [.. _weights];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("promorec-examples-1"u8);
        hash.AppendData(Encoding.ASCII.GetBytes(_schema.Fingerprint));
        Append<long>(hash, offsets);
        Append<int>(hash, columns);
        Append<float>(hash, values);
        Append<double>(hash, labels);
        Append<double>(hash, weights);
        return new ExampleSet(_schema, new CsrMatrix(_schema.ColumnCount, offsets, columns, values), labels, weights, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private void Finish(double target, double weight)
    {
        _offsets.Add(_columns.Count);
        _labels.Add(target);
        _weights.Add(weight);
    }

    private static void CheckLabel(double target, double weight)
    {
        if (!double.IsFinite(target))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The target is {target}, but must be finite."), nameof(target));
        }

        if (!double.IsFinite(weight) || weight < 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The weight is {weight}, but must be 0 or above and finite."), nameof(weight));
        }
    }

    private static void Append<T>(IncrementalHash hash, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        const int Part = 1 << 20;
        for (; values.Length > Part; values = values[Part..])
        {
            hash.AppendData(MemoryMarshal.AsBytes(values[..Part]));
        }

        hash.AppendData(MemoryMarshal.AsBytes(values));
    }
}
