using System.Globalization;
using PromoRec.Models.Hybrid;

namespace PromoRec.Models.Artifacts;

/// <summary>What a file of a hybrid holds beside what every model has: each member as a model file of its own inside, without the history that all share; one that was trained on other weights of the events has its own.</summary>
internal static class HybridFile
{
    private const string Fusion = "hybrid.fusion";
    private const string MemberCount = "hybrid.members";
    private const string MemberPrefix = "member.";
    private const string RungCount = "hybrid.rungs";
    private const string RungPrefix = "rung.";
    private const string Stacker = "stacker";
    private const string OfData = " data";

    public static void AddMetadata(SortedDictionary<string, string> entries, HybridModel model)
    {
        entries[Fusion] = HybridManifest.Fusions.Of(model.Fusion);
        entries[MemberCount] = ModelMetadata.Text(model.Members.Count);
        entries[RungCount] = ModelMetadata.Text(model.Ladder.Count);
        for (int i = 0; i < model.Ladder.Count; i++)
        {
            LadderRung rung = model.Ladder[i];
            entries[RungKey(i)] = string.Join(' ', rung.Tier, rung.Name, ModelMetadata.Text(rung.Value), ModelMetadata.Text(rung.Lead), ModelMetadata.Text(rung.Serves)) + (rung.IsOfData ? OfData : string.Empty);
        }

        for (int i = 0; i < model.Members.Count; i++)
        {
            entries[NameKey(i)] = model.Members[i].Name;
            entries[WeightKey(i)] = ModelMetadata.Text(model.Members[i].Weight);
            entries[HistoryKey(i)] = ModelMetadata.Text(!model.SharesHistory(i));
            entries[CandidatesKey(i)] = ModelMetadata.Text(model.Members[i].Candidates);
        }
    }

    /// <exception cref="IOException">A member is larger than a tensor can be.</exception>
    public static void AddTensors(List<TensorData> tensors, HybridModel model, bool includeHistory)
    {
        for (int i = 0; i < model.Members.Count; i++)
        {
            RecommendationModel member = model.Members[i].Model;
            bool shares = model.SharesHistory(i);
            AddFile(tensors, MemberKey(i), stream => ModelWriter.WriteMember(member, stream, includeHistory, withHistory: includeHistory && !shares));
        }

        if (model.Stacker is { } stacker)
        {
            AddFile(tensors, Stacker, stream => LinearModelFormat.Write(stacker, stream, CancellationToken.None));
        }
    }

    public static Func<TensorSource, ModelParts, RecommendationModel> Read(ArtifactBytes bytes, TensorFile file, ModelLoadOptions options)
    {
        if (!HybridManifest.Fusions.TryFind(ModelMetadata.Required(bytes, file, Fusion), out HybridFusion fusion))
        {
            throw ModelMetadata.Malformed(bytes, Fusion, HybridManifest.Fusions.All);
        }

        int count = ModelMetadata.Whole(bytes, file, MemberCount);
        if (count > HybridModel.MaxMembers)
        {
            throw ModelMetadata.Malformed(bytes, MemberCount, $"1 to {HybridModel.MaxMembers}");
        }

        string[] names = [.. Enumerable.Range(0, count).Select(i => ModelMetadata.Required(bytes, file, NameKey(i)))];
        double[] weights = [.. Enumerable.Range(0, count).Select(i => ModelMetadata.NotNegative(bytes, file, WeightKey(i)))];
        int[] candidates = [.. Enumerable.Range(0, count).Select(i => ModelMetadata.Whole(bytes, file, CandidatesKey(i)))];
        LadderRung[] ladder = ReadLadder(bytes, file);
        bool[] hasOwnHistory = [.. Enumerable.Range(0, count).Select(i => ModelMetadata.Flag(bytes, file, HistoryKey(i)))];
        return (tensors, parts) =>
        {
            var members = new HybridMember[count];
            for (int i = 0; i < count; i++)
            {
                ArtifactBytes inner = Part(tensors, MemberKey(i));
                members[i] = new HybridMember(names[i], ModelReader.ReadMember(inner, options, parts, hasOwnHistory[i])) { Weight = weights[i], Candidates = candidates[i] };
            }

            try
            {
                HybridModel model = fusion == HybridFusion.Stacked
                    ? HybridModel.Stacked(members, LinearModelFormat.Read(Part(tensors, Stacker), expected: null))
                    : HybridModel.Of(members, fusion);
                return model.WithLadder(ladder);
            }
            catch (PromoRecException fault) when (fault.Code == PromoRecErrorCode.SchemaMismatch)
            {
                // No damage: the file is what was saved, of a stack with other features or members than this library gives it.
                throw new PromoRecException(fault.Code, $"{bytes.Name}: {fault.Message}", fault);
            }
            catch (Exception fault) when (fault is ArgumentException or PromoRecException and not ArtifactException)
            {
                throw bytes.Fault(TensorFile.PrefixLength, $"the members do not make a hybrid: {fault.Message}", "members of the same data", inner: fault);
            }
        };
    }

    private static LadderRung[] ReadLadder(ArtifactBytes bytes, TensorFile file)
    {
        int count = ModelMetadata.Required(bytes, file, RungCount) == "0" ? 0 : ModelMetadata.Whole(bytes, file, RungCount);
        if (count > Enum.GetValues<RankTier>().Length)
        {
            throw ModelMetadata.Malformed(bytes, RungCount, "at most one for each kind of knowledge");
        }

        return [.. Enumerable.Range(0, count).Select(i => RungOf(ModelMetadata.Required(bytes, file, RungKey(i)).Split(' ')) ?? throw ModelMetadata.Malformed(bytes, RungKey(i), "tier, name, value, lead, whether it serves, and 'data' where no member stands for it"))];
    }

    private static LadderRung? RungOf(string[] parts) =>
        (parts.Length == 5 || (parts.Length == 6 && parts[5] == OfData.Trim())) && Enum.TryParse(parts[0], out RankTier tier) && Enum.IsDefined(tier)
        && double.TryParse(parts[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
        && double.TryParse(parts[3], NumberStyles.Float, CultureInfo.InvariantCulture, out double lead) && double.IsFinite(lead)
        && bool.TryParse(parts[4], out bool serves)
            ? new LadderRung(tier, parts[1], value, lead, serves) { IsOfData = parts.Length == 6 }
            : null;

    private static ArtifactBytes Part(TensorSource tensors, string name)
    {
        _ = tensors.Vector<byte>(name, out TensorEntry entry);
        return tensors.Bytes.Part(name, entry.Offset, entry.Count);
    }

    private static void AddFile(List<TensorData> tensors, string name, Action<Stream> write)
    {
        var stream = new MemoryStream();
        write(stream);
        byte[] bytes = stream.ToArray();
        tensors.Add(TensorData.Of<byte>(name, () => bytes, bytes.Length));
    }

    private static string MemberKey(int member) => string.Create(CultureInfo.InvariantCulture, $"{MemberPrefix}{member}");

    private static string RungKey(int rung) => string.Create(CultureInfo.InvariantCulture, $"{RungPrefix}{rung}");

    private static string NameKey(int member) => MemberKey(member) + ".name";

    private static string HistoryKey(int member) => MemberKey(member) + ".own_history";

    private static string WeightKey(int member) => MemberKey(member) + ".weight";

    private static string CandidatesKey(int member) => MemberKey(member) + ".candidates";
}
