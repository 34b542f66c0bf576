using PromoRec.Models.Ratings;

namespace PromoRec.Models.Artifacts;

/// <summary>Lays models of ratings out as tensors. The ratings themselves are the history that every model has.</summary>
internal static class RatingTensors
{
    public static void Add(List<TensorData> tensors, RatingModel model)
    {
        switch (model)
        {
            case BaselineModel baseline:
                AddBiases(tensors, baseline.Biases);
                break;
            case RatingKnnModel knn:
                ModelWriter.AddMatrix(tensors, ModelFormat.Similarities, knn.Similarities, withValues: true);
                if (knn.Rules.UsesBaselines)
                {
                    AddBiases(tensors, knn.Baselines);
                }

                break;
            case SlopeOneModel slopeOne:
                ModelWriter.AddMatrix(tensors, ModelFormat.Deviations, slopeOne.Deviations, withValues: true);
                break;
            case SvdModel svd:
                AddFactors(tensors, svd.BiasedFactors);
                break;
            case SvdPlusPlusModel svd:
                AddFactors(tensors, svd.BiasedFactors);
                ModelWriter.AddFactors(tensors, ModelFormat.ItemImplicitFactors, svd.ImplicitFactors);
                break;
        }
    }

    private static void AddFactors(List<TensorData> tensors, BiasedFactors factors)
    {
        AddBiases(tensors, factors.Biases);
        ModelWriter.AddFactors(tensors, ModelFormat.UserFactors, factors.Users);
        ModelWriter.AddFactors(tensors, ModelFormat.ItemFactors, factors.Items);
    }

    private static void AddBiases(List<TensorData> tensors, RatingBiases biases)
    {
        tensors.Add(TensorData.Of<double>(ModelFormat.UserBiases, () => biases.Users, biases.Users.Length));
        tensors.Add(TensorData.Of<double>(ModelFormat.ItemBiases, () => biases.Items, biases.Items.Length));
    }
}
