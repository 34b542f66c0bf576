using PromoRec.Interactions;

namespace PromoRec.Datasets;

/// <summary>Events of which each is there once.</summary>
internal static class InteractionSet
{
    /// <summary>The events in their order, without those that have the event id of a greater one. Checks each.</summary>
    public static List<Interaction> Distinct(IEnumerable<Interaction> interactions)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        var events = new List<Interaction>();
        Dictionary<string, int> placeOf = new(StringComparer.Ordinal);
        foreach (Interaction interaction in interactions)
        {
            InteractionCheck.ThrowIfInvalid(interaction, nameof(interactions));
            if (string.IsNullOrEmpty(interaction.EventId) || placeOf.TryAdd(interaction.EventId, events.Count))
            {
                events.Add(interaction);
            }
            else
            {
                int place = placeOf[interaction.EventId];
                events[place] = CompareContent(events[place], interaction) < 0 ? interaction : events[place];
            }
        }

        return events;
    }

    /// <summary>The same total order over contents as in the dataset builder: the later event is the greater.</summary>
    private static int CompareContent(in Interaction x, in Interaction y)
    {
        int order = x.At.UtcTicks.CompareTo(y.At.UtcTicks);
        order = order != 0 ? order : string.CompareOrdinal(x.Kind.Name, y.Kind.Name);
        order = order != 0 ? order : x.Value.CompareTo(y.Value);
        order = order != 0 ? order : x.User.CompareTo(y.User);
        order = order != 0 ? order : x.Item.CompareTo(y.Item);
        return order != 0 ? order : x.Offer.CompareTo(y.Offer);
    }
}
