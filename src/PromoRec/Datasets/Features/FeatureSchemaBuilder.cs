using System.Globalization;

namespace PromoRec.Datasets.Features;

/// <summary>Declares the fields of a <see cref="FeatureSchema"/>, in the order that gives them their columns.</summary>
/// <remarks>Names are compared ordinally, are not empty and hold no control characters.</remarks>
public sealed class FeatureSchemaBuilder
{
    /// <summary>Most columns a schema may have.</summary>
    internal const int MaxColumns = 1 << 30;

    private readonly List<FeatureField> _fields = [];
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private int _ownColumns;

    /// <summary>The hashed fields and crosses share 2^<see cref="HashBits"/> columns: 1 to 28, 18 unless set.</summary>
    public int HashBits { get; set; } = 18;

    /// <summary>Adds a number, which enters as (number - center) / scale. A missing number counts as the center.</summary>
    /// <exception cref="ArgumentException">The name is taken or malformed, or a parameter is not finite, or the scale is 0.</exception>
    public FeatureSchemaBuilder AddNumber(string name, double center = 0, double scale = 1)
    {
        CheckName(name);
        if (!double.IsFinite(center) || !double.IsFinite(scale) || scale == 0)
        {
            throw new ArgumentException(Text($"The number '{name}' has center {center} and scale {scale}; both must be finite, and the scale not 0."), nameof(scale));
        }

        return Add(new FeatureField(name, FeatureKind.Number, _ownColumns, 1) { Center = center, Scale = scale });
    }

    /// <summary>Adds a number of which only the range matters: below the first boundary, between two, or from the last one up.</summary>
    /// <exception cref="ArgumentException">The name is taken or malformed, or the boundaries are none, not finite or not strictly ascending.</exception>
    public FeatureSchemaBuilder AddBuckets(string name, params ReadOnlySpan<double> boundaries)
    {
        CheckName(name);
        bool ascending = boundaries.Length > 0;
        for (int i = 0; i < boundaries.Length; i++)
        {
            ascending &= double.IsFinite(boundaries[i]) && (i == 0 || boundaries[i] > boundaries[i - 1]);
        }

        if (!ascending)
        {
            throw new ArgumentException($"The buckets '{name}' need one finite boundary or more, strictly ascending.", nameof(boundaries));
        }

        return Add(new FeatureField(name, FeatureKind.Buckets, _ownColumns, boundaries.Length + 1) { Boundaries = boundaries.ToArray() });
    }

    /// <summary>Adds a text from a short, known list. Every other text shares one column more.</summary>
    /// <exception cref="ArgumentException">The name is taken or malformed, or the categories are none, empty, equal or hold control characters.</exception>
    public FeatureSchemaBuilder AddCategories(string name, params ReadOnlySpan<string> categories)
    {
        CheckName(name);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string category in categories)
        {
            if (!IsWord(category) || !seen.Add(category))
            {
                throw new ArgumentException($"The categories of '{name}' must be distinct texts, not empty and without control characters, but '{category}' is not.", nameof(categories));
            }
        }

        if (categories.Length == 0)
        {
            throw new ArgumentException($"The field '{name}' declares no category.", nameof(categories));
        }

        return Add(new FeatureField(name, FeatureKind.Categories, _ownColumns, categories.Length + 1) { Categories = categories.ToArray() });
    }

    /// <summary>Adds texts that nobody can list beforehand: brands, items, words.</summary>
    /// <exception cref="ArgumentException">The name is taken or malformed.</exception>
    public FeatureSchemaBuilder AddHashed(string name)
    {
        CheckName(name);
        return Add(new FeatureField(name, FeatureKind.Hashed, 0, 0));
    }

    /// <summary>Adds the combinations of two or more fields declared before. Numbers cannot be crossed: declare them as buckets.</summary>
    /// <exception cref="ArgumentException">The name is taken or malformed, or a member is unknown, a number, a cross or named twice.</exception>
    public FeatureSchemaBuilder AddCross(string name, params ReadOnlySpan<string> members)
    {
        CheckName(name);
        var positions = new int[members.Length];
        for (int i = 0; i < members.Length; i++)
        {
            if (members[i] is null || !_positions.TryGetValue(members[i], out positions[i]))
            {
                throw new ArgumentException($"The cross '{name}' names '{members[i]}', which is no field declared before it.", nameof(members));
            }

            if (_fields[positions[i]].Kind is FeatureKind.Number or FeatureKind.Cross)
            {
                throw new ArgumentException($"The cross '{name}' names '{members[i]}', a {_fields[positions[i]].Kind}. Cross texts and buckets only.", nameof(members));
            }

            if (Array.IndexOf(positions, positions[i]) < i)
            {
                throw new ArgumentException($"The cross '{name}' names '{members[i]}' twice.", nameof(members));
            }
        }

        if (members.Length < 2)
        {
            throw new ArgumentException($"The cross '{name}' needs two members or more, but has {members.Length}.", nameof(members));
        }

        return Add(new FeatureField(name, FeatureKind.Cross, 0, 0) { Members = members.ToArray(), MemberPositions = positions });
    }

    /// <summary>Makes the schema. The builder may go on; the schema does not change.</summary>
    /// <exception cref="ArgumentException">There is no field, <see cref="HashBits"/> is out of range, or there are more than 2³⁰ columns.</exception>
    public FeatureSchema Build()
    {
        if (_fields.Count == 0)
        {
            throw new ArgumentException("The schema declares no field.");
        }

        if (HashBits is < 1 or > 28)
        {
            throw new ArgumentException($"HashBits must be from 1 to 28, but is {HashBits}.");
        }

        bool hashes = _fields.Exists(field => field.OwnColumns == 0);
        long columns = _ownColumns + (hashes ? 1L << HashBits : 0);
        return columns <= MaxColumns
            ? new FeatureSchema([.. _fields], _ownColumns, hashes ? HashBits : 0)
            : throw new ArgumentException($"The schema has {columns:N0} columns; at most {MaxColumns:N0} are possible. Lower HashBits.");
    }

    /// <summary>Whether a text can stand in a schema.</summary>
    internal static bool IsWord(string? text) => !string.IsNullOrEmpty(text) && !text.Any(char.IsControl);

    private FeatureSchemaBuilder Add(FeatureField field)
    {
        _positions.Add(field.Name, _fields.Count);
        _fields.Add(field);
        _ownColumns = checked(_ownColumns + field.OwnColumns);
        return this;
    }

    private void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsWord(name))
        {
            throw new ArgumentException("The name of a field must not be empty and must hold no control characters.", nameof(name));
        }

        if (_positions.ContainsKey(name))
        {
            throw new ArgumentException($"The field '{name}' is declared twice.", nameof(name));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
