using System.Globalization;

namespace PromoRec.Models.Artifacts;

/// <summary>The names in a model file, and its versions. They are the format: changing one means a new version.</summary>
/// <remarks>
/// Version 1 holds neither the items' popularity nor what each customer consumed: loading derives them from the interactions.
/// Version 2 holds both, because popularity counts customers and consumption is a matter of event kinds, not of values.
/// </remarks>
internal static class ModelFormat
{
    public const int CurrentVersion = 2;
    public const int OldestVersion = 1;

    /// <summary>Every tensor starts at a multiple of it, from the start of the file.</summary>
    public const int Alignment = 64;

    /// <summary>Longest vector that is read.</summary>
    public const int MaxFactors = 4096;

    public const string FactorFormat = "factor-model";
    public const string ItemItemFormat = "item-item-model";
    public const string UserKnnFormat = "user-knn-model";
    public const string BaselineFormat = "baseline-model";
    public const string RatingKnnFormat = "rating-knn-model";
    public const string SlopeOneFormat = "slope-one-model";
    public const string SvdFormat = "svd-model";
    public const string SvdPlusPlusFormat = "svdpp-model";
    public const string PopularityFormat = "popularity-model";
    public const string ContentFormat = "content-model";
    public const string InterestFormat = "interest-model";
    public const string HybridFormat = "hybrid-model";
    public const string FormatKey = "promorec.format";
    public const string VersionKey = "promorec.format_version";
    public const string HeaderChecksumKey = "promorec.header_sha256";

    /// <summary>The name of a tensor follows; the value is the SHA-256 of its bytes.</summary>
    public const string TensorChecksumPrefix = "sha256.";

    /// <summary>A number follows. Such a tensor is up to 63 zero bytes that bring the next one to its alignment.</summary>
    public const string PaddingPrefix = "padding.";

    public const string UserFactors = "users.factors";
    public const string ItemFactors = "items.factors";
    public const string ItemImplicitFactors = "items.implicit_factors";
    public const string UserBiases = "users.biases";
    public const string ItemBiases = "items.biases";
    public const string Similarities = "similarities";
    public const string Deviations = "deviations";
    public const string ItemPopularity = "items.popularity";
    public const string Users = "users";
    public const string Items = "items";
    public const string Offers = "offers";
    public const string IdText = ".text";
    public const string IdOffsets = ".offsets";
    public const string IdSlots = ".slots";
    public const string Weights = "weights";
    public const string Neighbours = "neighbours";
    public const string History = "history";
    public const string LastDays = "history.last_days";
    public const string ConsumedItems = "consumed_items";
    public const string ConsumedOffers = "consumed_offers";
    public const string RowOffsets = ".row_offsets";
    public const string Columns = ".columns";
    public const string Values = ".values";

    private static readonly string[] Formats =
        [FactorFormat, ItemItemFormat, UserKnnFormat, BaselineFormat, RatingKnnFormat, SlopeOneFormat, SvdFormat, SvdPlusPlusFormat, PopularityFormat, ContentFormat, InterestFormat, HybridFormat];

    /// <summary>Refuses what is no model file, and versions that this library does not know.</summary>
    public static int CheckVersion(ArtifactBytes bytes, TensorFile file)
    {
        if (LinearModelFormat.IsModel(file))
        {
            throw bytes.Fault(TensorFile.PrefixLength, "this file holds a linear model, which scores features and ranks no items", $"one of {string.Join(", ", Formats)} as {FormatKey} in the metadata", "Use LinearModel.Load.");
        }

        if (!IsModel(file))
        {
            throw bytes.Fault(TensorFile.PrefixLength, "this safetensors file does not say that it is a PromoRec model", $"one of {string.Join(", ", Formats)} as {FormatKey} in the metadata", "Use FactorModel.Import for factors that were trained elsewhere.");
        }

        string? text = file.Metadata.GetValueOrDefault(VersionKey);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version) || version < OldestVersionOf(file))
        {
            throw bytes.Fault(TensorFile.PrefixLength, $"the metadata {VersionKey} is no format version", $"a whole number from {OldestVersionOf(file)} to {CurrentVersion}");
        }

        return version <= CurrentVersion
            ? version
            : throw bytes.Fault(TensorFile.PrefixLength, $"the format version is {version}", $"{OldestVersion} to {CurrentVersion}", "A newer PromoRec wrote this file: update the library, or save the model with the older one.");
    }

    /// <summary>Whether the file says that it holds a model that recommends items.</summary>
    public static bool IsModel(TensorFile file) => Formats.Contains(FormatOf(file));

    /// <summary>Which family of models a file says that it holds; null for none.</summary>
    public static string? FormatOf(TensorFile file) => file.Metadata.GetValueOrDefault(FormatKey);

    /// <summary>Whether models of a file's family have vectors.</summary>
    public static bool HasFactors(TensorFile file) => FormatOf(file) is FactorFormat or SvdFormat or SvdPlusPlusFormat;

    private static int OldestVersionOf(TensorFile file) => FormatOf(file) == FactorFormat ? OldestVersion : 2;

    /// <summary>Whether this library wrote the file, whatever kind of model it holds.</summary>
    public static bool IsOurs(TensorFile file) => IsModel(file) || LinearModelFormat.IsModel(file);

    /// <summary>Every number of a file is little-endian and used in place.</summary>
    public static void ThrowIfBigEndian()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Model files are used in place and little-endian, but this processor is big-endian. Use a little-endian one.");
        }
    }
}
