using System.Text.Json;
using PromoRec.Datasets.Features;

namespace PromoRec.Cli.Reading;

/// <summary>Reads a features file: JSON with the label's column and a list of fields. Every fault is told with line and column.</summary>
internal sealed class FeatureFileReader
{
    private const string LabelName = "label";
    private const string WeightName = "weight";
    private const string HashBitsName = "hashBits";
    private const string FieldsName = "fields";
    private const string NameName = "name";
    private const string KindName = "kind";
    private const long LongestFile = 16 << 20;

    private static readonly (string Word, FeatureKind Value)[] Kinds =
    [
        ("number", FeatureKind.Number), ("buckets", FeatureKind.Buckets), ("categories", FeatureKind.Categories), ("hashed", FeatureKind.Hashed), ("cross", FeatureKind.Cross),
    ];

    private readonly JsonFaults _faults;
    private readonly JsonValues _values;
    private readonly FeatureSchemaBuilder _builder = new();
    private readonly List<FeatureColumn> _columns = [];
    private readonly List<(string Name, string Column)> _named = [];

    private FeatureFileReader(string path)
    {
        _faults = new JsonFaults(path);
        _values = new JsonValues(_faults);
    }

    /// <exception cref="InputException">The file is absent, or has faults.</exception>
    public static FeatureFile Read(string path)
    {
        using CheckedTextStream text = InputFile.OpenText(path);
        using var bytes = new MemoryStream();
        text.CopyTo(bytes);
        if (bytes.Length > LongestFile)
        {
            throw InputException.File(path, $"the file has {bytes.Length:N0} bytes, but a features file has at most {LongestFile:N0}.");
        }

        var reader = new FeatureFileReader(path);
        FeatureFile? file = LocatedJson.Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), reader._faults) is { } root ? reader.ReadRoot(root) : null;
        return reader._faults.Count == 0 && file is not null
            ? file
            : throw InputException.File(path, $"these are no features to learn from:{string.Concat(reader._faults.All.Select(fault => $"{Environment.NewLine}{fault}"))}");
    }

    private FeatureFile? ReadRoot(LocatedJson root)
    {
        string? label = null;
        string? weight = null;
        LocatedJson? fields = null;
        foreach ((string name, LocatedJson value) in _values.Members(root, "an object with 'label' and 'fields'"))
        {
            switch (name)
            {
                case LabelName:
                    label = _values.Text(value, "the name of the column to predict");
                    break;
                case WeightName:
                    weight = _values.Text(value, "the name of the column that says what each row counts");
                    break;
                case HashBitsName:
                    _builder.HashBits = _values.Whole(value, 1, 28) ?? _builder.HashBits;
                    break;
                case FieldsName:
                    fields = value;
                    break;
                default:
                    _values.Unknown(name, value, LabelName, WeightName, HashBitsName, FieldsName);
                    break;
            }
        }

        foreach ((string name, bool isThere) in new[] { (LabelName, root.Members.Exists(member => member.Key == LabelName)), (FieldsName, fields is not null) })
        {
            if (root.Kind == JsonValueKind.Object && !isThere)
            {
                _faults.Add(root, $"has no '{name}', which every features file needs");
            }
        }

        foreach (LocatedJson field in fields is null ? [] : _values.Items(fields, "a list of fields"))
        {
            ReadField(field);
        }

        return _faults.Count > 0 ? null : Build(fields!, label!, weight);
    }

    private FeatureFile? Build(LocatedJson fields, string label, string? weight)
    {
        try
        {
            FeatureSchema schema = _builder.Build();
            Dictionary<string, FeatureField> byName = schema.Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
            _columns.AddRange(_named.Select(named => new FeatureColumn(byName[named.Name], named.Column)));
            return new FeatureFile(schema, _columns, label, weight);
        }
        catch (ArgumentException fault)
        {
            _faults.Add(fields, $"cannot be used: {Sentence(fault)}");
            return null;
        }
    }

    private void ReadField(LocatedJson field)
    {
        List<KeyValuePair<string, LocatedJson>> members = _values.Members(field, "a field: an object with 'name' and 'kind'");
        if (field.Kind != JsonValueKind.Object)
        {
            return;
        }

        foreach (string needed in new[] { NameName, KindName }.Where(needed => Member(field, needed) is null))
        {
            _faults.Add(field, $"has no '{needed}', which every field needs");
        }

        string? name = Member(field, NameName) is { } text ? _values.Text(text, "the name of a field") : null;
        FeatureKind? kind = Member(field, KindName) is { } word ? _values.Word(word, Kinds) : null;
        if (name is null || kind is null)
        {
            return;
        }

        string[] known = [NameName, KindName, .. MembersOf(kind.Value)];
        foreach ((string other, LocatedJson value) in members.Where(member => !known.Contains(member.Key)))
        {
            _values.Unknown(other, value, known);
        }

        AddField(field, name, kind.Value);
    }

    private void AddField(LocatedJson field, string name, FeatureKind kind)
    {
        int before = _faults.Count;
        double center = Member(field, "center") is { } centerValue ? _values.Number(centerValue) ?? 0 : 0;
        double scale = Member(field, "scale") is { } scaleValue ? _values.Number(scaleValue) ?? 1 : 1;
        double[] boundaries = [.. Elements("boundaries", "a list of numbers").Select(item => _values.Number(item) ?? 0)];
        string[] categories = [.. Elements("values", "a list of texts").Select(item => _values.Text(item, "a text") ?? string.Empty)];
        string[] crossed = [.. Elements("of", "a list of names of fields").Select(item => _values.Text(item, "the name of a field") ?? string.Empty)];
        string column = Member(field, "column") is { } columnValue ? _values.Text(columnValue, "the name of a column") ?? name : name;
        if (_faults.Count > before)
        {
            return;
        }

        try
        {
            _ = kind switch
            {
                FeatureKind.Number => _builder.AddNumber(name, center, scale),
                FeatureKind.Buckets => _builder.AddBuckets(name, boundaries),
                FeatureKind.Categories => _builder.AddCategories(name, categories),
                FeatureKind.Hashed => _builder.AddHashed(name),
                _ => _builder.AddCross(name, crossed),
            };
        }
        catch (ArgumentException fault)
        {
            _faults.Add(field, $"cannot be used: {Sentence(fault)}");
        }

        if (kind != FeatureKind.Cross)
        {
            _named.Add((name, column));
        }

        List<LocatedJson> Elements(string list, string what) => Member(field, list) is { } value ? _values.Items(value, what) : [];
    }

    private static LocatedJson? Member(LocatedJson value, string name) => value.Members.Find(member => member.Key == name).Value;

    /// <summary>What a field of a kind may say beside its name and kind.</summary>
    private static string[] MembersOf(FeatureKind kind) => kind switch
    {
        FeatureKind.Number => ["center", "scale", "column"],
        FeatureKind.Buckets => ["boundaries", "column"],
        FeatureKind.Categories => ["values", "column"],
        FeatureKind.Hashed => ["column"],
        _ => ["of"],
    };

    /// <summary>The library's message without the name of a parameter, which says nothing here, and without its full stop.</summary>
    private static string Sentence(ArgumentException fault)
    {
        int parameter = fault.Message.IndexOf(" (Parameter", StringComparison.Ordinal);
        return (parameter < 0 ? fault.Message : fault.Message[..parameter]).TrimEnd('.');
    }
}
