using PromoRec.Models;
using PromoRec.Models.Artifacts;

namespace PromoRec.Tests.Models;

public sealed class ModelSaveTests
{
    [Fact]
    public void An_older_file_is_replaced_and_only_the_file_remains()
    {
        using var folder = new TemporaryFolder();
        SampleModel.Create(seed: 1).Save(folder.File("m"));
        FactorModel older = FactorModel.Load(folder.File("m"));
        float expected = older.ItemFactors.Row(0)[0];
        SampleModel.Create(seed: 2).Save(folder.File("m"));

        Assert.Equal(["m"], folder.Names);
        Assert.NotEqual(expected, FactorModel.Load(folder.File("m")).ItemFactors.Row(0)[0]);
        Assert.Equal(expected, older.ItemFactors.Row(0)[0]);
    }

    [Fact]
    public void A_folder_that_does_not_exist_or_takes_no_files_is_named_with_the_remedy()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "no folder");
        string[] paths = [folder.File("file/m.safetensors"), folder.File("missing/m.safetensors"), .. OperatingSystem.IsLinux() ? new[] { "/proc/m.safetensors" } : []];

        foreach (string path in paths)
        {
            IOException fault = Assert.Throws<IOException>(() => SampleModel.Create().Save(path));
            Assert.Contains($"'{path}'", fault.Message, StringComparison.Ordinal);
            Assert.Contains("existing folder", fault.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["file"], folder.Names);
    }

    [Fact]
    public void A_folder_is_never_replaced_by_a_model()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("m"));

        Assert.Contains("folder", Assert.Throws<IOException>(() => SampleModel.Create().Save(folder.File("m"))).Message, StringComparison.Ordinal);
        Assert.Equal(["m"], folder.Names);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_path_must_not_be_blank(string path) => Assert.Throws<ArgumentException>(() => SampleModel.Create().Save(path));

    [Fact]
    public void Cancelling_before_or_while_writing_leaves_the_older_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("m"), "older");
        FactorModel model = SampleModel.Create();

        Assert.Throws<OperationCanceledException>(() => model.Save(folder.File("m"), null, new CancellationToken(canceled: true)));

        // The elements are asked for twice: for the checksum, then for the file.
        using var source = new CancellationTokenSource();
        int asked = 0;
        var tensor = TensorData.Of<float>(
            "values",
            () =>
            {
                if (++asked == 2)
                {
                    Assert.Equal(2, folder.Names.Length);
                    source.Cancel();
                }

                return new float[1000];
            },
            1000);
        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(folder.File("m"), stream => TensorFileWriter.Write(stream, [], [tensor], source.Token)));

        Assert.Equal(2, asked);
        Assert.Equal(["m"], folder.Names);
        Assert.Equal("older", File.ReadAllText(folder.File("m")));
    }

    [Fact]
    public void Any_failure_while_writing_leaves_the_older_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("m"), "older");

        static void Fail(Stream stream)
        {
            stream.WriteByte(1);
            throw new IOException("No space left on device.");
        }

        IOException fault = Assert.Throws<IOException>(() => AtomicFile.Write(folder.File("m"), Fail));
        Assert.Contains("No space left on device.", fault.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder.File("m"), _ => throw new InvalidOperationException()));
        Assert.Equal(["m"], folder.Names);
        Assert.Equal("older", File.ReadAllText(folder.File("m")));
    }
}
