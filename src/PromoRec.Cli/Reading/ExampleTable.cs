using System.Text;
using PromoRec.Datasets.Features;

namespace PromoRec.Cli.Reading;

/// <summary>Examples in a table: CSV, TSV or JSON Lines, with the columns that a features file names. Other columns are passed over.</summary>
internal sealed class ExampleTable(string path, FeatureFile features, bool classifies, BadRows badRows, CancellationToken cancellation) : ExampleSource
{
    public override FeatureSchema Schema => features.Schema;

    public override void ReadAll(Action<ExampleRow> take)
    {
        string[] names = [.. features.Columns.Select(column => column.Column).Append(features.Label).Concat(features.Weight is null ? [] : [features.Weight]).Distinct(StringComparer.OrdinalIgnoreCase)];
        var columns = new ColumnSet("examples", "a header and a row for each example, with the columns that the features file names", names) { IgnoresOthers = true };
        using RowSource rows = InputFile.OpenRows(path, columns, ColumnMapping.None);
        for (int column = 0; column < names.Length; column++)
        {
            if (!rows.MayHave(column))
            {
                throw InputException.File(path, $"the header has no column '{Excerpt.Of(names[column])}', which the features file names.", 1);
            }
        }

        var row = new Row(new RowFields(rows, columns, TimeZoneInfo.Utc), columns, features, classifies);
        rows.ReadAll(badRows, () =>
        {
            row.Read();
            take(row);
        }, cancellation);
    }

    private sealed class Row(RowFields fields, ColumnSet columns, FeatureFile features, bool classifies) : ExampleRow
    {
        private readonly FeatureValues _values = new(features.Schema);
        private readonly int[] _places = [.. features.Columns.Select(column => columns.IndexOf(column.Column))];
        private readonly int _label = columns.IndexOf(features.Label);
        private readonly int _weight = features.Weight is null ? -1 : columns.IndexOf(features.Weight);
        private double _counts = 1;

        public void Read()
        {
            Line = fields.Rows.Line;
            string? text = fields.Text(_label);
            Label = LabelText.Parse(text, classifies) ?? throw fields.Bad(_label, $"'{Excerpt.Of(text ?? string.Empty)}' is no label. Expected {LabelText.Expected(classifies)}.");
            _counts = _weight < 0 ? 1 : fields.Number(_weight, 0, 1e30) ?? 1;
            _values.Clear();
            for (int i = 0; i < _places.Length; i++)
            {
                Set(features.Columns[i].Field, _places[i]);
            }
        }

        public override void AddTo(ExampleSetBuilder builder) => builder.Add(_values, Label, _counts);

        public override FeatureValues ToValues() => _values;

        private void Set(FeatureField field, int column)
        {
            if (field.Kind is not (FeatureKind.Number or FeatureKind.Buckets))
            {
                _values.Set(field.Name, [.. BarList.Split(Encoding.UTF8.GetString(fields.Rows[column]))]);
                return;
            }

            if (fields.Number(column, double.MinValue, double.MaxValue) is not { } number)
            {
                return;
            }

            try
            {
                _values.Set(field.Name, number);
            }
            catch (ArgumentException)
            {
                throw fields.Bad(column, $"{Excerpt.Of(fields.Rows[column])} is too large for the field '{field.Name}' with its center and scale.");
            }
        }
    }
}
