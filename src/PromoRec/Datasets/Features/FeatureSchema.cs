using System.Security.Cryptography;
using System.Text;

namespace PromoRec.Datasets.Features;

/// <summary>The declared inputs of a linear model: which fields there are and which column each of their values gets. Immutable.</summary>
/// <remarks>
/// Numbers, buckets and categories have columns of their own, in the order of declaration; hashed texts and crosses share the columns after
/// them. Hashing depends on nothing but names and values, so a schema gives the same columns in every process and on every machine.
/// Source of the hashing: Weinberger, Dasgupta, Langford, Smola and Attenberg, ICML 2009, without the signs.
/// </remarks>
public sealed class FeatureSchema
{
    private const int MostDifferencesNamed = 8;

    private readonly FeatureField[] _fields;
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    internal FeatureSchema(FeatureField[] fields, int ownColumns, int hashBits)
    {
        _fields = fields;
        OwnColumns = ownColumns;
        HashBits = hashBits;
        for (int position = 0; position < fields.Length; position++)
        {
            _positions.Add(fields[position].Name, position);
        }

        Text = FeatureSchemaText.Write(this);
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
    }

    /// <summary>The fields in the order of declaration.</summary>
    public IReadOnlyList<FeatureField> Fields => _fields;

    /// <summary>Number of columns in all.</summary>
    public int ColumnCount => OwnColumns + (HashBits > 0 ? 1 << HashBits : 0);

    /// <summary>Logarithm to base 2 of the number of hashed columns; 0 where nothing is hashed.</summary>
    public int HashBits { get; }

    /// <summary>SHA-256, in hexadecimal, of the declaration: schemas with the same fingerprint give the same columns.</summary>
    public string Fingerprint { get; }

    /// <summary>Columns that belong to one field each; the hashed ones come after them.</summary>
    internal int OwnColumns { get; }

    /// <summary>The whole declaration, as model files hold it.</summary>
    internal string Text { get; }

    /// <summary>What another schema declares differently, a sentence a difference; empty if both give the same columns.</summary>
    public IReadOnlyList<string> DifferencesFrom(FeatureSchema other) => DifferencesFrom(other, "this schema", "the other");

    /// <summary>Refuses another schema.</summary>
    /// <param name="other">The schema that should be this one.</param>
    /// <param name="owner">What has this schema, for the message.</param>
    /// <param name="otherOwner">What has the other.</param>
    /// <exception cref="PromoRecException">The schemas differ; the message says in what.</exception>
    internal void ThrowUnlessSame(FeatureSchema other, string owner, string otherOwner)
    {
        List<string> differences = DifferencesFrom(other, owner, otherOwner);
        if (differences.Count > 0)
        {
            throw new PromoRecException(PromoRecErrorCode.SchemaMismatch, $"The feature schema of {owner} is not that of {otherOwner}: {string.Join("; ", differences.Take(MostDifferencesNamed))}{(differences.Count > MostDifferencesNamed ? "; and more" : string.Empty)}. Train the model again with the present schema, or go back to the one it was trained with.");
        }
    }

    private List<string> DifferencesFrom(FeatureSchema other, string owner, string otherOwner)
    {
        ArgumentNullException.ThrowIfNull(other);
        List<string> differences = [];
        if (Fingerprint == other.Fingerprint)
        {
            return differences;
        }

        foreach (FeatureField field in _fields)
        {
            if (!other._positions.TryGetValue(field.Name, out int position))
            {
                differences.Add($"'{field.Name}' is only in {owner}");
            }
            else if (FeatureSchemaText.Line(field) != FeatureSchemaText.Line(other._fields[position]))
            {
                differences.Add($"'{field.Name}' is declared otherwise: {FeatureSchemaText.Describe(field)} in {owner}, {FeatureSchemaText.Describe(other._fields[position])} in {otherOwner}");
            }
        }

        differences.AddRange(other._fields.Where(field => !_positions.ContainsKey(field.Name)).Select(field => $"'{field.Name}' is only in {otherOwner}"));
        if (HashBits != other.HashBits)
        {
            differences.Add($"HashBits is {HashBits} in {owner}, {other.HashBits} in {otherOwner}");
        }

        if (differences.Count == 0)
        {
            int first = Enumerable.Range(0, _fields.Length).First(position => _fields[position].Name != other._fields[position].Name);
            differences.Add($"the order of the fields differs: field {first + 1} is '{_fields[first].Name}' in {owner}, '{other._fields[first].Name}' in {otherOwner}");
        }

        return differences;
    }

    internal bool TryGetPosition(string name, out int position) => _positions.TryGetValue(name, out position);
}
