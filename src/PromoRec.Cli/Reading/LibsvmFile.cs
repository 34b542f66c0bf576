using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using PromoRec.Datasets.Features;

namespace PromoRec.Cli.Reading;

/// <summary>Examples as LIBSVM text: a label, then <c>index:value</c> with indices from 1 that ascend; what comes after a # is a comment.</summary>
/// <remarks>All rows are read at once, because only the whole file tells how many features there are. Feature 7 is named "7".</remarks>
internal sealed class LibsvmFile : ExampleSource
{
    /// <summary>Highest index. Features beyond it should be hashed, which a features file says.</summary>
    private const int HighestIndex = 1_000_000;

    private readonly List<long> _lines = [];
    private readonly List<double> _labels = [];
    private readonly List<int> _starts = [];
    private readonly List<int> _columns = [];
    private readonly List<float> _values = [];

    public LibsvmFile(string path, bool classifies, FeatureSchema? model, BadRows badRows, CancellationToken cancellation)
    {
        if (model is not null && model.Fingerprint != SchemaOf(model.ColumnCount)?.Fingerprint)
        {
            throw new UsageException("the model was trained on a table, so --features FILE must say what the columns of the test file mean.");
        }

        using CheckedTextStream stream = InputFile.OpenText(path);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        long number = 0;
        while (reader.ReadLine() is { } line)
        {
            cancellation.ThrowIfCancellationRequested();
            number++;
            try
            {
                Parse(path, number, line, classifies, model?.ColumnCount ?? HighestIndex, model is not null);
            }
            catch (InputException fault) when (fault.IsRow)
            {
                badRows.Skip(fault);
            }
        }

        _starts.Add(_columns.Count);
        Schema = model ?? SchemaOf(_columns.Count == 0 ? 0 : _columns.Max() + 1)
            ?? throw InputException.File(path, "there is no feature in the file. Expected LIBSVM text such as '+1 3:1 10:0.5', or --features FILE for a table.");
    }

    public override FeatureSchema Schema { get; }

    public override void ReadAll(Action<ExampleRow> take)
    {
        var row = new Row(this);
        for (int i = 0; i < _labels.Count; i++)
        {
            take(row.Go(i));
        }
    }

    private static FeatureSchema? SchemaOf(int features)
    {
        var builder = new FeatureSchemaBuilder();
        for (int feature = 1; feature <= Math.Min(features, HighestIndex); feature++)
        {
            builder.AddNumber(feature.ToString(CultureInfo.InvariantCulture));
        }

        return features is > 0 and <= HighestIndex ? builder.Build() : null;
    }

    private void Parse(string path, long number, string line, bool classifies, int highest, bool isModels)
    {
        int comment = line.IndexOf('#', StringComparison.Ordinal);
        string[] cells = (comment < 0 ? line : line[..comment]).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (cells.Length == 0)
        {
            return;
        }

        double label = LabelText.Parse(cells[0], classifies)
            ?? throw InputException.Row(path, number, null, $"'{Excerpt.Of(cells[0])}' is no label. Expected {LabelText.Expected(classifies)}{(number == 1 ? "; a table needs --features FILE" : string.Empty)}.");
        var pairs = new (int Index, float Value)[cells.Length - 1];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = Pair(path, number, cells[i + 1]);
            int index = pairs[i].Index;
            string? fault = i > 0 && index <= pairs[i - 1].Index ? $"index {index} comes after {pairs[i - 1].Index}, but indices ascend"
                : index > highest ? isModels ? $"the model knows the features 1 to {highest}, but not {index}" : $"index {index} is above {HighestIndex:N0}; put such features into a table and hash them with --features FILE"
                : null;
            if (fault is not null)
            {
                throw InputException.Row(path, number, null, $"{fault}.");
            }
        }

        // Only whole rows are kept, so that one that is left out leaves nothing behind.
        _starts.Add(_columns.Count);
        _columns.AddRange(pairs.Select(pair => pair.Index - 1));
        _values.AddRange(pairs.Select(pair => pair.Value));
        _labels.Add(label);
        _lines.Add(number);
    }

    private static (int Index, float Value) Pair(string path, long line, string cell)
    {
        int colon = cell.IndexOf(':', StringComparison.Ordinal);
        bool isPair = int.TryParse(colon < 0 ? string.Empty : cell.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out int index) & float.TryParse(cell.AsSpan(colon + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out float value);
        return isPair && index >= 1 && float.IsFinite(value) ? (index, value) : throw InputException.Row(path, line, null, $"'{Excerpt.Of(cell)}' is not a feature. Expected INDEX:VALUE with an index from 1 and a finite number.");
    }

    private sealed class Row(LibsvmFile file) : ExampleRow
    {
        private int _start;
        private int _end;

        public Row Go(int row)
        {
            (_start, _end) = (file._starts[row], file._starts[row + 1]);
            (Line, Label) = (file._lines[row], file._labels[row]);
            return this;
        }

        public override void AddTo(ExampleSetBuilder builder) =>
            builder.Add(CollectionsMarshal.AsSpan(file._columns)[_start.._end], CollectionsMarshal.AsSpan(file._values)[_start.._end], Label);

        public override FeatureValues ToValues()
        {
            var values = new FeatureValues(file.Schema);
            for (int i = _start; i < _end; i++)
            {
                values.Set(file.Schema.Fields[file._columns[i]].Name, file._values[i]);
            }

            return values;
        }
    }
}
