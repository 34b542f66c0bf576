using PromoRec.Datasets;
using PromoRec.Models.Interest;
using PromoRec.Numerics;

namespace PromoRec.Models.Artifacts;

/// <summary>What a file of a model of interest holds beside what every model has.</summary>
internal static class InterestFile
{
    private const string Groups = "groups";
    private const string ItemGroups = "items.groups";
    private const string Shares = "groups.shares";

    public static void AddTensors(List<TensorData> tensors, InterestModel model)
    {
        ModelWriter.AddIds(tensors, Groups, model.Groups);
        ModelWriter.AddMatrix(tensors, ItemGroups, model.GroupsOfItem, withValues: false);
        ModelWriter.AddMatrix(tensors, Shares, model.Shares, withValues: true);
    }

    public static Func<TensorSource, ModelParts, RecommendationModel> Read(bool verify) => (tensors, parts) =>
    {
        IdIndex groups = ModelReader.ReadIds(tensors, Groups, verify);
        CsrMatrix groupsOfItem = ModelReader.ReadMatrix(tensors, ItemGroups, parts.Items.Count, groups.Count, withValues: false, verify).WithValues();
        CsrMatrix shares = ModelReader.ReadMatrix(tensors, Shares, groups.Count, parts.Items.Count, withValues: true, verify, out TensorEntry? values);
        if (verify && values is not null)
        {
            ContentChecks.NotNegative(tensors.Bytes, values, shares.AllValues);
        }

        return new InterestModel(parts.Users, parts.Items, groups, groupsOfItem, shares, parts.History, parts.Manifest);
    };
}
