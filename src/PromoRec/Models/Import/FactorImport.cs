using System.IO.Compression;
using System.Security.Cryptography;
using PromoRec.Datasets;
using PromoRec.Models.Artifacts;
using PromoRec.Numerics;

namespace PromoRec.Models.Import;

/// <summary>Makes a model of factors that were trained elsewhere.</summary>
internal static class FactorImport
{
    private const string UserFactors = "user_factors";
    private const string ItemFactors = "item_factors";
    private const string Users = "users";
    private const string Items = "items";
    private const int VersionLength = 12;

    // What implicit itself minimises unless told otherwise.
    private static readonly ImplicitObjective Objective = new(Regularization: 0.01, RegularizationExponent: 0, Alpha: 1, AddOneToConfidence: false, UnobservedWeight: 1, UnobservedOverRest: true);

    /// <summary>The model, or null where the file is a PromoRec model that should simply be loaded.</summary>
    public static FactorModel? TryRead(ArtifactBytes bytes)
    {
        ModelFormat.ThrowIfBigEndian();
        if (!NpzFile.Matches(bytes))
        {
            TensorFile file = TensorFileParser.Parse(bytes);
            return ModelFormat.IsModel(file) ? null : Read(bytes, name => PlainTensors.Find(bytes, file, name));
        }

        try
        {
            using UnmanagedMemoryStream stream = bytes.OpenStream();
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            return Read(bytes, name => NpzFile.Find(bytes, archive, name));
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or NotSupportedException)
        {
            throw bytes.Fault(0, "the zip archive is damaged or uses something that numpy does not write", "a .npz file as numpy.savez or savez_compressed writes it", inner: fault);
        }
    }

    private static FactorModel Read(ArtifactBytes bytes, Func<string, ImportedArray?> find)
    {
        ImportedArray userArray = find(UserFactors) ?? throw Missing(bytes, UserFactors);
        ImportedArray itemArray = find(ItemFactors) ?? throw Missing(bytes, ItemFactors);
        FactorReader.CheckShape(userArray);
        FactorReader.CheckShape(itemArray);
        if (userArray.Shape[1] != itemArray.Shape[1])
        {
            throw itemArray.Fault(0, $"its rows have {itemArray.Shape[1]:N0} factors", $"{userArray.Shape[1]:N0}, as '{UserFactors}' has");
        }

        IdIndex users = IdReader.Read(find(Users), userArray, out int[] userRows);
        IdIndex items = IdReader.Read(find(Items), itemArray, out int[] itemRows);
        FactorMatrix userFactors = FactorReader.Read(userArray, userRows);
        FactorMatrix itemFactors = FactorReader.Read(itemArray, itemRows);
        var manifest = new ModelManifest { Version = VersionOf(users, items, userFactors, itemFactors), Algorithm = "imported" };
        var model = new FactorModel(users, items, userFactors, itemFactors, Objective, EmptyHistory(users.Count, items.Count), manifest);
        return model.LargestScore <= float.MaxValue ? model
            : throw itemArray.Fault(0, $"scores, which are products of its rows and those of '{UserFactors}', may come to {model.LargestScore:G3}", $"factors whose products single precision holds, at most {float.MaxValue:G3}");
    }

    private static ArtifactException Missing(ArtifactBytes bytes, string name) =>
        bytes.Fault(0, $"the file holds no array '{name}'", $"'{UserFactors}' and '{ItemFactors}'", "Export the factors under these names, as implicit does.");

    private static InteractionHistory EmptyHistory(int users, int items) => new(
        new CsrMatrix(items, new long[users + 1], default, default),
        new CsrMatrix(items, new long[users + 1], default, default),
        IdIndex.Empty,
        new CsrMatrix(0, new long[users + 1], default, default),
        new float[items]);

    private static string VersionOf(IdIndex users, IdIndex items, FactorMatrix userFactors, FactorMatrix itemFactors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        TensorData[] parts =
        [
            TensorData.Of<byte>(Users, () => users.Text.Span, users.Text.Length),
            TensorData.Of<long>(Users, () => users.Offsets.Span, users.Offsets.Length),
            TensorData.Of<byte>(Items, () => items.Text.Span, items.Text.Length),
            TensorData.Of<long>(Items, () => items.Offsets.Span, items.Offsets.Length),
            TensorData.Of<float>(UserFactors, () => userFactors.Data, userFactors.Rows, userFactors.Stride),
            TensorData.Of<float>(ItemFactors, () => itemFactors.Data, itemFactors.Rows, itemFactors.Stride),
        ];
        foreach (TensorData part in parts)
        {
            part.Write(hash.AppendData);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..VersionLength];
    }
}
