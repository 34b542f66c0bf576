using PromoRec.Models;
using PromoRec.Models.Artifacts;
using PromoRec.Models.Linear;

namespace PromoRec.Tests.Models;

public sealed class ModelFileInfoTests
{
    [Fact]
    public void A_model_file_is_described_with_matching_checksums()
    {
        using var folder = new TemporaryFolder();
        FactorModel model = SampleModel.Create();
        model.Save(folder.File("m"));
        ModelFileInfo info = ModelFileInfo.Read(folder.File("m"));

        Assert.True(info.IsModel);
        Assert.Equal((2, 3), (info.FormatVersion, info.Factors));
        Assert.Equal(new FileInfo(folder.File("m")).Length, info.ByteCount);
        Assert.Equal(model.Manifest.Version, info.Manifest!.Version);
        Assert.Equal("implicit-als", info.Metadata["model.algorithm"]);
        Assert.Equal(ModelChecksum.Matches, info.Checksum);
        ModelTensorInfo factors = Assert.Single(info.Tensors, tensor => tensor.Name == ModelFormat.UserFactors);
        Assert.Equal("F32", factors.DataType);
        Assert.Equal([model.UserCount, 16], factors.Shape);
        Assert.Equal(info.DataOffset, factors.Offset);
        Assert.Equal(model.UserCount * 64, factors.ByteCount);
        Assert.Equal(ModelChecksum.Absent, ModelFileInfo.Read(folder.File("m"), verifyTensors: false).Checksum);
    }

    [Fact]
    public void A_linear_model_is_described_with_its_features()
    {
        using var folder = new TemporaryFolder();
        LinearModel model = SampleModel.Linear(SampleModel.Calibrators[2]);
        model.Save(folder.File("m"));
        ModelFileInfo info = ModelFileInfo.Read(folder.File("m"));

        Assert.True(info.IsModel);
        Assert.Equal((1, 0), (info.FormatVersion, info.Factors));
        Assert.Equal(model.Schema.Fingerprint, info.Features!.Fingerprint);
        Assert.Equal("linear", info.Manifest!.Algorithm);
        Assert.Equal(ModelChecksum.Matches, info.Checksum);
        Assert.Contains(info.Tensors, tensor => tensor is { Name: "weights", DataType: "F64" } && tensor.Shape[0] == model.Schema.ColumnCount);
        Assert.Null(ModelFileInfo.Read(SaveFactors(folder)).Features);

        ArtifactException refused = Assert.Throws<ArtifactException>(() => RecommendationModel.Load(folder.File("m")));
        Assert.Contains("Use LinearModel.Load.", refused.Message, StringComparison.Ordinal);

        static string SaveFactors(TemporaryFolder folder)
        {
            SampleModel.Create().Save(folder.File("factors"));
            return folder.File("factors");
        }
    }

    [Fact]
    public void Damage_is_reported_for_the_tensor_that_has_it()
    {
        using var folder = new TemporaryFolder();
        byte[] file = SampleModel.Bytes(SampleModel.Create());
        file[ModelFileEditor.Extent(file, ModelFormat.ItemFactors).Start] ^= 1;
        file[ModelFileEditor.Extent(file, "padding.0").Start] ^= 1;
        File.WriteAllBytes(folder.File("m"), file);
        ModelFileInfo info = ModelFileInfo.Read(folder.File("m"));

        Assert.Equal(ModelChecksum.Matches, info.HeaderChecksum);
        Assert.Equal(ModelChecksum.Differs, info.Checksum);
        Assert.Equal([ModelFormat.ItemFactors, "padding.0"], info.Tensors.Where(tensor => tensor.Checksum == ModelChecksum.Differs).Select(tensor => tensor.Name));
    }

    [Fact]
    public void Damage_to_the_header_is_reported()
    {
        using var folder = new TemporaryFolder();
        byte[] file = SampleModel.Bytes(SampleModel.Create());
        int at = file.AsSpan().IndexOf("a1b2c3"u8);
        file[at] = (byte)'b';
        File.WriteAllBytes(folder.File("m"), file);

        Assert.Equal(ModelChecksum.Differs, ModelFileInfo.Read(folder.File("m")).HeaderChecksum);
    }

    [Fact]
    public void A_safetensors_file_of_others_is_described_too()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("m"), PlainSafetensors.Write(("w", "F16", [2, 3], new byte[12])));
        ModelFileInfo info = ModelFileInfo.Read(folder.File("m"));

        Assert.False(info.IsModel);
        Assert.Null(info.Manifest);
        Assert.Equal((0, 0, ModelChecksum.Absent), (info.FormatVersion, info.Factors, info.Checksum));
        Assert.Equal("w", Assert.Single(info.Tensors).Name);
    }

    [Fact]
    public void What_is_no_safetensors_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("m"), "user,item\n1,2\n");

        Assert.Equal(0, Assert.Throws<ArtifactException>(() => ModelFileInfo.Read(folder.File("m"))).Offset);
    }
}
