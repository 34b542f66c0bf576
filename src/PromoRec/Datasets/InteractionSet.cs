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
                events[place] = InteractionOrder.Compare(events[place], interaction) < 0 ? interaction : events[place];
            }
        }

        return events;
    }
}
