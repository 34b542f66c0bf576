namespace PromoRec.Interactions;

/// <summary>A total order over what events say, apart from their ids: the later event is the greater, and only equal contents compare as equal.</summary>
internal static class InteractionOrder
{
    public static int Compare(in Interaction x, in Interaction y)
    {
        int order = x.At.UtcTicks.CompareTo(y.At.UtcTicks);
        order = order != 0 ? order : string.CompareOrdinal(x.Kind.Name, y.Kind.Name);
        order = order != 0 ? order : x.Value.CompareTo(y.Value);
        order = order != 0 ? order : x.User.CompareTo(y.User);
        order = order != 0 ? order : x.Item.CompareTo(y.Item);
        order = order != 0 ? order : x.Offer.CompareTo(y.Offer);
        return order != 0 ? order : InteractionDetails.Compare(x.Details, y.Details);
    }
}
