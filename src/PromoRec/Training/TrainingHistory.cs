using PromoRec.Datasets;
using PromoRec.Models;

namespace PromoRec.Training;

/// <summary>What a model keeps of the data that it was trained on.</summary>
internal static class TrainingHistory
{
    public static InteractionHistory Of(InteractionDataset dataset) =>
        new(dataset.ByUser, dataset.ConsumedItems, dataset.Offers, dataset.ConsumedOffers, ItemPopularity.Of(dataset.ByUser)) { LastDays = dataset.LastDays };
}
