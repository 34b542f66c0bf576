using PromoRec.Interactions;

namespace PromoRec.Profiles;

/// <summary>The order in which a customer's events are kept and summed: first what matters least, so that a full history drops from its front.</summary>
/// <remarks>Purchases and redemptions come after everything else; then the later event, then contents and id. Only equal events compare as equal.</remarks>
internal sealed class HistoryOrder : IComparer<Interaction>
{
    public static HistoryOrder Instance { get; } = new();

    public static bool IsConsumption(in Interaction interaction) => interaction.Kind == InteractionKind.Purchase || interaction.Kind == InteractionKind.Redeem;

    public int Compare(Interaction x, Interaction y)
    {
        int order = IsConsumption(x).CompareTo(IsConsumption(y));
        order = order != 0 ? order : InteractionOrder.Compare(x, y);
        return order != 0 ? order : string.CompareOrdinal(x.EventId, y.EventId);
    }
}
