using System.Numerics;
using PromoRec.Datasets;
using PromoRec.Models.Knn;
using PromoRec.Numerics;

namespace PromoRec.Models.Artifacts;

/// <summary>Builds a model over the bytes of a file, without a copy, once everything in it is known to agree.</summary>
internal static class ModelReader
{
    public static RecommendationModel Read(ArtifactBytes bytes, ModelLoadOptions options) => Read(bytes, options, hybrid: null, hasOwnHistory: false);

    /// <summary>Reads the file of a member from inside that of its hybrid.</summary>
    /// <param name="bytes">The member's file.</param>
    /// <param name="options">How to load.</param>
    /// <param name="hybrid">What the hybrid's file holds for all members.</param>
    /// <param name="hasOwnHistory">Whether the member's file holds the data it was trained on.</param>
    public static RecommendationModel ReadMember(ArtifactBytes bytes, ModelLoadOptions options, ModelParts hybrid, bool hasOwnHistory) => Read(bytes, options, hybrid, hasOwnHistory);

    private static RecommendationModel Read(ArtifactBytes bytes, ModelLoadOptions options, ModelParts? hybrid, bool hasOwnHistory)
    {
        ModelFormat.ThrowIfBigEndian();
        TensorFile file = TensorFileParser.Parse(bytes);
        int version = ModelFormat.CheckVersion(bytes, file);
        if (Checksums.CheckHeader(bytes, file) != ModelChecksum.Matches)
        {
            throw bytes.Fault(TensorFile.PrefixLength, "the header does not have its checksum", "the header that was written");
        }

        // What the metadata say is known to be sound before a tensor is looked at.
        // All but models of factors compute with their tensors when they are made, or divide by what stands in them, which only sound ones survive.
        bool verify = options.VerifyTensors || ModelFormat.FormatOf(file) != ModelFormat.FactorFormat;
        Func<TensorSource, ModelParts, RecommendationModel> readFamily = FamilyOf(bytes, file, options, verify, isMember: hybrid is not null);
        ModelManifest manifest = ModelMetadata.ReadManifest(bytes, file);
        var tensors = new TensorSource(bytes, file, options.VerifyTensors);
        ModelParts parts = ReadParts(tensors, file, version, manifest, verify);
        if (hybrid is not null && !parts.Users.HasSameIds(hybrid.Users))
        {
            throw bytes.Fault(TensorFile.PrefixLength, "the member knows other customers than its hybrid", "the same");
        }

        RecommendationModel model = readFamily(tensors, hybrid is null || hasOwnHistory ? parts : MemberHistory.Of(hybrid, parts));
        tensors.ThrowIfAnyLeft();
        return model;
    }

    private static Func<TensorSource, ModelParts, RecommendationModel> FamilyOf(ArtifactBytes bytes, TensorFile file, ModelLoadOptions options, bool verify, bool isMember)
    {
        switch (ModelFormat.FormatOf(file))
        {
            case ModelFormat.ItemItemFormat:
                bool itemsAreBinary = ModelMetadata.ReadBinaryProfile(bytes, file);
                bool listsWhatFollows = ModelMetadata.ReadListsWhatFollows(bytes, file);
                return (tensors, parts) => new ItemItemModel(
                    parts.Users, parts.Items, ReadMatrix(tensors, ModelFormat.Weights, parts.Items.Count, parts.Items.Count, withValues: true, verify), itemsAreBinary, parts.History, parts.Manifest, listsWhatFollows);
            case ModelFormat.UserKnnFormat:
                bool usersAreBinary = ModelMetadata.ReadBinaryProfile(bytes, file);
                KnnRules rules = ModelMetadata.ReadRules(bytes, file);
                int most = ModelMetadata.ReadNeighbourCount(bytes, file);
                return (tensors, parts) => new UserKnnModel(
                    parts.Users, parts.Items, ReadMatrix(tensors, ModelFormat.Neighbours, parts.Users.Count, parts.Users.Count, withValues: true, verify), usersAreBinary, rules, most, parts.History, parts.Manifest);
            case ModelFormat.BaselineFormat or ModelFormat.RatingKnnFormat or ModelFormat.SlopeOneFormat or ModelFormat.SvdFormat or ModelFormat.SvdPlusPlusFormat:
                return RatingReader.FamilyOf(bytes, file);
            case ModelFormat.PopularityFormat:
                return PopularityFile.Read(verify);
            case ModelFormat.ContentFormat:
                return ContentFile.Read(bytes, file, options, verify);
            case ModelFormat.InterestFormat:
                return InterestFile.Read(verify);
            case ModelFormat.HybridFormat when isMember:
                throw bytes.Fault(TensorFile.PrefixLength, "a member of a hybrid is a hybrid itself", "a model of another family");
            case ModelFormat.HybridFormat:
                return HybridFile.Read(bytes, file, options);
            default:
                int factors = ModelMetadata.ReadFactors(bytes, file);
                ImplicitObjective objective = ModelMetadata.ReadObjective(bytes, file);
                return (tensors, parts) => new FactorModel(
                    parts.Users,
                    parts.Items,
                    ReadFactors(tensors, ModelFormat.UserFactors, parts.Users.Count, factors, verify),
                    ReadFactors(tensors, ModelFormat.ItemFactors, parts.Items.Count, factors, verify),
                    objective,
                    parts.History,
                    parts.Manifest);
        }
    }

    private static ModelParts ReadParts(TensorSource tensors, TensorFile file, int version, ModelManifest manifest, bool verify)
    {
        IdIndex users = ReadIds(tensors, ModelFormat.Users, verify);
        IdIndex items = ReadIds(tensors, ModelFormat.Items, verify);
        IdIndex offers = ReadIds(tensors, ModelFormat.Offers, verify);
        CsrMatrix byUser = ReadMatrix(tensors, ModelFormat.History, users.Count, items.Count, withValues: true, verify);
        CsrMatrix consumedOffers = ReadMatrix(tensors, ModelFormat.ConsumedOffers, users.Count, offers.Count, withValues: false, verify);
        CsrMatrix consumedItems;
        ReadOnlyMemory<float> popularity;
        if (version == 1)
        {
            FirstVersion.Check(tensors.Bytes, file, byUser);
            consumedItems = FirstVersion.ConsumedItems(byUser);
            popularity = ItemPopularity.Of(byUser);
        }
        else
        {
            consumedItems = ReadMatrix(tensors, ModelFormat.ConsumedItems, users.Count, items.Count, withValues: false, verify);
            popularity = ReadPopularity(tensors, items.Count, verify);
        }

        return new ModelParts(users, items, new InteractionHistory(byUser, consumedItems, offers, consumedOffers, popularity) { LastDays = ReadLastDays(tensors, byUser.Count, verify) }, manifest);
    }

    public static IdIndex ReadIds(TensorSource tensors, string name, bool verify)
    {
        ReadOnlyMemory<byte> text = tensors.Vector<byte>(name + ModelFormat.IdText, out TensorEntry textEntry);
        ReadOnlyMemory<long> offsets = tensors.Vector<long>(name + ModelFormat.IdOffsets, out TensorEntry offsetsEntry);
        ReadOnlyMemory<int> slots = tensors.Vector<int>(name + ModelFormat.IdSlots, out TensorEntry slotsEntry);
        ContentChecks.OffsetEnds(tensors.Bytes, offsetsEntry, offsets.Span, text.Length);
        if (!BitOperations.IsPow2(slots.Length) || slots.Length < offsets.Length)
        {
            throw tensors.Bytes.Fault(slotsEntry.HeaderOffset, $"the tensor '{slotsEntry.Name}' has {slots.Length:N0} elements", $"a power of two, {offsets.Length:N0} or above");
        }

        if (verify)
        {
            IdChecks.Text(tensors.Bytes, textEntry, text.Span, offsetsEntry, offsets.Span);
            IdChecks.Slots(tensors.Bytes, slotsEntry, slots.Span, offsets.Length - 1);
        }

        return new IdIndex(text, offsets, slots);
    }

    private static FactorMatrix ReadFactors(TensorSource tensors, string name, int rows, int factors, bool verify) => ReadFactors(tensors, name, rows, factors, verify, out _);

    public static FactorMatrix ReadFactors(TensorSource tensors, string name, int rows, int factors, bool verify, out TensorEntry entry)
    {
        Memory<float> data = tensors.Matrix<float>(name, rows, FactorMatrix.StrideFor(factors), out entry);
        var matrix = FactorMatrix.Over(data, rows, factors);
        if (verify)
        {
            ContentChecks.Finite(tensors.Bytes, entry, data.Span);
            ContentChecks.ZeroPadding(tensors.Bytes, entry, matrix);
        }

        return matrix;
    }

    public static CsrMatrix ReadMatrix(TensorSource tensors, string name, int rows, int columnCount, bool withValues, bool verify) =>
        ReadMatrix(tensors, name, rows, columnCount, withValues, verify, out _);

    /// <param name="tensors">The tensors.</param>
    /// <param name="name">What the names of the matrix's begin with.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columnCount">Number of columns.</param>
    /// <param name="withValues">Whether the values are in the file; otherwise all are 1, and not stored.</param>
    /// <param name="verify">Whether the content is checked.</param>
    /// <param name="values">The tensor of the values, if there is one.</param>
    public static CsrMatrix ReadMatrix(TensorSource tensors, string name, int rows, int columnCount, bool withValues, bool verify, out TensorEntry? values)
    {
        values = null;
        ReadOnlyMemory<long> offsets = tensors.Vector<long>(name + ModelFormat.RowOffsets, rows + 1L, out TensorEntry offsetsEntry);
        ReadOnlyMemory<int> columns = tensors.Vector<int>(name + ModelFormat.Columns, out TensorEntry columnsEntry);
        ContentChecks.OffsetEnds(tensors.Bytes, offsetsEntry, offsets.Span, columns.Length);
        if (verify)
        {
            ContentChecks.Ascending(tensors.Bytes, offsetsEntry, offsets.Span);
            ContentChecks.Columns(tensors.Bytes, columnsEntry, offsets.Span, columns.Span, columnCount);
        }

        if (!withValues)
        {
            return new CsrMatrix(columnCount, offsets, columns, default);
        }

        ReadOnlyMemory<float> elements = tensors.Vector<float>(name + ModelFormat.Values, columns.Length, out values);
        if (verify)
        {
            ContentChecks.Finite(tensors.Bytes, values, elements.Span);
        }

        return new CsrMatrix(columnCount, offsets, columns, elements);
    }

    private static ReadOnlyMemory<float> ReadPopularity(TensorSource tensors, int items, bool verify)
    {
        ReadOnlyMemory<float> popularity = tensors.Vector<float>(ModelFormat.ItemPopularity, items, out TensorEntry entry);
        if (verify)
        {
            ContentChecks.Finite(tensors.Bytes, entry, popularity.Span);
            ContentChecks.NotNegative(tensors.Bytes, entry, popularity.Span);
        }

        return popularity;
    }

    /// <summary>Data without times has none.</summary>
    private static ReadOnlyMemory<int> ReadLastDays(TensorSource tensors, int count, bool verify)
    {
        if (!tensors.Has(ModelFormat.LastDays))
        {
            return default;
        }

        ReadOnlyMemory<int> days = tensors.Vector<int>(ModelFormat.LastDays, count, out TensorEntry entry);
        if (verify)
        {
            ContentChecks.Days(tensors.Bytes, entry, days.Span);
        }

        return days;
    }
}
