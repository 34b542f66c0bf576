using System.Globalization;
using PromoRec.Datasets.Features;
using PromoRec.Models.Linear;

namespace PromoRec.Models.Artifacts;

/// <summary>A linear model as a safetensors file: the schema as text, the weights as one tensor, and the points of an isotonic calibrator.</summary>
internal static class LinearModelFormat
{
    public const string FormatName = "linear-model";
    public const int CurrentVersion = 1;

    private const string Schema = "linear.schema";
    private const string Loss = "linear.loss";
    private const string Intercept = "linear.intercept";
    private const string Calibrator = "linear.calibrator";
    private const string CalibratorSlope = "linear.calibrator.slope";
    private const string CalibratorOffset = "linear.calibrator.offset";
    private const string Weights = "weights";
    private const string CalibratorScores = "calibrator.scores";
    private const string CalibratorProbabilities = "calibrator.probabilities";
    private const string Platt = "platt";
    private const string Isotonic = "isotonic";
    private const string None = "none";

    public static bool IsModel(TensorFile file) => file.Metadata.GetValueOrDefault(ModelFormat.FormatKey) == FormatName;

    public static void Write(LinearModel model, Stream stream, CancellationToken cancellationToken)
    {
        ModelFormat.ThrowIfBigEndian();
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [ModelFormat.FormatKey] = FormatName,
            [ModelFormat.VersionKey] = CurrentVersion.ToString(CultureInfo.InvariantCulture),
            [Schema] = model.Schema.Text,
            [Loss] = model.Loss.ToString(),
            [Intercept] = ModelMetadata.Text(model.Intercept),
            [Calibrator] = model.Calibrator switch { PlattCalibrator => Platt, IsotonicCalibrator => Isotonic, _ => None },
        };
        ModelMetadata.AddManifest(entries, model.Manifest);
        List<TensorData> tensors = [TensorData.Of<double>(Weights, () => model.Weights, model.Weights.Length)];
        if (model.Calibrator is PlattCalibrator platt)
        {
            entries[CalibratorSlope] = ModelMetadata.Text(platt.Slope);
            entries[CalibratorOffset] = ModelMetadata.Text(platt.Offset);
        }
        else if (model.Calibrator is IsotonicCalibrator isotonic)
        {
            double[] scores = [.. isotonic.Scores];
            double[] probabilities = [.. isotonic.Probabilities];
            tensors.Add(TensorData.Of<double>(CalibratorScores, () => scores, scores.Length));
            tensors.Add(TensorData.Of<double>(CalibratorProbabilities, () => probabilities, probabilities.Length));
        }

        TensorFileWriter.Write(stream, entries, tensors, cancellationToken);
    }

    /// <summary>The model, with nothing in it that refers to the bytes.</summary>
    public static LinearModel Read(ArtifactBytes bytes, FeatureSchema? expected)
    {
        ModelFormat.ThrowIfBigEndian();
        TensorFile file = TensorFileParser.Parse(bytes);
        CheckVersion(bytes, file);
        if (Checksums.CheckHeader(bytes, file) != ModelChecksum.Matches)
        {
            throw bytes.Fault(TensorFile.PrefixLength, "the header does not have its checksum", "the header that was written");
        }

        FeatureSchema schema = ReadSchema(bytes, file);
        if (expected is not null)
        {
            schema.ThrowUnlessSame(expected, bytes.Name, "the host");
        }

        if (!Enum.TryParse(ModelMetadata.Required(bytes, file, Loss), out LinearLoss loss) || loss.ToString() != file.Metadata[Loss])
        {
            throw ModelMetadata.Malformed(bytes, Loss, "the name of a loss");
        }

        double intercept = ModelMetadata.Number(bytes, file, Intercept);
        if (!(Math.Abs(intercept) <= LinearModel.MaxWeight))
        {
            throw ModelMetadata.Malformed(bytes, Intercept, $"a number from -{LinearModel.MaxWeight} to {LinearModel.MaxWeight}");
        }

        var tensors = new TensorSource(bytes, file, verify: true);
        double[] weights = tensors.Vector<double>(Weights, schema.ColumnCount, out TensorEntry entry).ToArray();
        int wrong = Array.FindIndex(weights, weight => !(Math.Abs(weight) <= LinearModel.MaxWeight));
        if (wrong >= 0)
        {
            throw bytes.Fault(entry.Offset + ((long)wrong * sizeof(double)), $"weight {wrong:N0} is {weights[wrong]}", $"a number from -{LinearModel.MaxWeight} to {LinearModel.MaxWeight}");
        }

        ProbabilityCalibrator? calibrator = ReadCalibrator(bytes, file, tensors);
        tensors.ThrowIfAnyLeft();
        return new LinearModel(expected ?? schema, loss, weights, intercept, ModelMetadata.ReadManifest(bytes, file), calibrator);
    }

    /// <summary>Refuses what is no linear model, and versions that this library does not know.</summary>
    public static int CheckVersion(ArtifactBytes bytes, TensorFile file)
    {
        if (!IsModel(file))
        {
            throw bytes.Fault(TensorFile.PrefixLength, "this safetensors file does not say that it is a linear model", $"the metadata {ModelFormat.FormatKey} = {FormatName}", "Name a file that LinearModel.Save wrote.");
        }

        string? version = file.Metadata.GetValueOrDefault(ModelFormat.VersionKey);
        if (version != CurrentVersion.ToString(CultureInfo.InvariantCulture))
        {
            throw bytes.Fault(TensorFile.PrefixLength, $"the metadata {ModelFormat.VersionKey} is not a version this library reads", $"{CurrentVersion}", "If a newer PromoRec wrote this file, update the library.");
        }

        return CurrentVersion;
    }

    /// <summary>The features that the model was trained with.</summary>
    public static FeatureSchema ReadSchema(ArtifactBytes bytes, TensorFile file)
    {
        try
        {
            return FeatureSchemaText.Read(ModelMetadata.Required(bytes, file, Schema));
        }
        catch (FormatException fault)
        {
            throw bytes.Fault(TensorFile.PrefixLength, $"the metadata {Schema} cannot be read ({fault.Message})", "a feature schema", inner: fault);
        }
    }

    private static ProbabilityCalibrator? ReadCalibrator(ArtifactBytes bytes, TensorFile file, TensorSource tensors)
    {
        string kind = ModelMetadata.Required(bytes, file, Calibrator);
        try
        {
            switch (kind)
            {
                case None:
                    return null;
                case Platt:
                    return new PlattCalibrator(ModelMetadata.Number(bytes, file, CalibratorSlope), ModelMetadata.Number(bytes, file, CalibratorOffset));
                case Isotonic:
                    ReadOnlyMemory<double> scores = tensors.Vector<double>(CalibratorScores, out _);
                    return new IsotonicCalibrator(scores.Span, tensors.Vector<double>(CalibratorProbabilities, scores.Length, out _).Span);
                default:
                    throw ModelMetadata.Malformed(bytes, Calibrator, $"{None}, {Platt} or {Isotonic}");
            }
        }
        catch (ArgumentException fault)
        {
            throw bytes.Fault(TensorFile.PrefixLength, $"the calibrator cannot be used ({fault.Message})", "a calibrator that was saved", inner: fault);
        }
    }
}
