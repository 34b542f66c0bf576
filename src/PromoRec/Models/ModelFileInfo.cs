using PromoRec.Datasets.Features;
using PromoRec.Models.Artifacts;

namespace PromoRec.Models;

/// <summary>What stands in a model file, or in any safetensors file, without loading it as a model.</summary>
public sealed class ModelFileInfo
{
    private ModelFileInfo(ArtifactBytes bytes, TensorFile file, bool verifyTensors)
    {
        ByteCount = bytes.Length;
        DataOffset = file.DataOffset;
        Metadata = file.Metadata;
        HeaderChecksum = Checksums.CheckHeader(bytes, file);
        IsModel = ModelFormat.IsOurs(file);
        if (IsModel)
        {
            Manifest = ModelMetadata.ReadManifest(bytes, file);
        }

        if (LinearModelFormat.IsModel(file))
        {
            FormatVersion = LinearModelFormat.CheckVersion(bytes, file);
            Features = LinearModelFormat.ReadSchema(bytes, file);
        }
        else if (IsModel)
        {
            FormatVersion = ModelFormat.CheckVersion(bytes, file);
            Factors = ModelFormat.HasFactors(file) ? ModelMetadata.ReadFactors(bytes, file) : 0;
        }

        Tensors = file.Tensors.ConvertAll(tensor => new ModelTensorInfo(
            tensor.Name,
            tensor.Type.Name,
            tensor.Shape,
            tensor.Offset,
            tensor.ByteCount,
            verifyTensors ? Checksums.CheckTensor(bytes, file, tensor) : ModelChecksum.Absent));
    }

    /// <summary>Length of the file in bytes.</summary>
    public long ByteCount { get; }

    /// <summary>First byte after the header.</summary>
    public long DataOffset { get; }

    /// <summary>Whether the file says that it is a PromoRec model. Otherwise its factors may still be imported.</summary>
    public bool IsModel { get; }

    /// <summary>Version of the file's format; 0 if it is no PromoRec model.</summary>
    public int FormatVersion { get; }

    /// <summary>Length of a vector; 0 if the file holds no factors.</summary>
    public int Factors { get; }

    /// <summary>The features of a linear model, which <see cref="Linear.LinearModel.Load(string, FeatureSchema?)"/> opens; null if the file holds no such model.</summary>
    public FeatureSchema? Features { get; }

    /// <summary>Where the model comes from; null if the file is no PromoRec model.</summary>
    public ModelManifest? Manifest { get; }

    /// <summary>The text entries of the header, as they are.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<ModelTensorInfo> Tensors { get; }

    /// <summary>Whether the header, which holds all other checksums, is the one that was written.</summary>
    public ModelChecksum HeaderChecksum { get; }

    /// <summary>
    /// The checksum of the whole file: it matches if header and all tensors match, differs if any of them differs, and is absent
    /// if nothing differs but a part has none.
    /// </summary>
    public ModelChecksum Checksum =>
        HeaderChecksum == ModelChecksum.Differs || Tensors.Any(tensor => tensor.Checksum == ModelChecksum.Differs) ? ModelChecksum.Differs
        : HeaderChecksum == ModelChecksum.Absent || Tensors.Any(tensor => tensor.Checksum == ModelChecksum.Absent) ? ModelChecksum.Absent
        : ModelChecksum.Matches;

    /// <summary>Reads the description of a file. A wrong checksum is reported, not thrown.</summary>
    /// <param name="path">The file.</param>
    /// <param name="verifyTensors">Whether the tensors' checksums are computed, which reads the whole file; otherwise they count as absent.</param>
    /// <exception cref="ArtifactException">The header cannot be read, or contradicts the file's length.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ModelFileInfo Read(string path, bool verifyTensors = true)
    {
        using ArtifactBytes bytes = ArtifactBytes.Map(path);
        return Read(bytes, verifyTensors);
    }

    internal static ModelFileInfo Read(ArtifactBytes bytes, bool verifyTensors) => new(bytes, TensorFileParser.Parse(bytes), verifyTensors);
}
