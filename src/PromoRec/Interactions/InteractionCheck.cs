namespace PromoRec.Interactions;

/// <summary>Says what is wrong with an event, without naming whose it is.</summary>
internal static class InteractionCheck
{
    public static void ThrowIfInvalid(in Interaction interaction, string parameterName)
    {
        if (interaction.User.IsEmpty || (interaction.Item.IsEmpty && interaction.Offer.IsEmpty) || !double.IsFinite(interaction.Value))
        {
            throw new ArgumentException(Fault(interaction), parameterName);
        }
    }

    private static string Fault(in Interaction interaction) =>
        interaction.User.IsEmpty ? $"An interaction must name a customer, but {nameof(Interaction.User)} is empty."
        : !double.IsFinite(interaction.Value) ? $"{nameof(Interaction.Value)} of an interaction must be a finite number, but is {interaction.Value:R}."
        : $"An interaction must name an item or an offer, but {nameof(Interaction.Item)} and {nameof(Interaction.Offer)} are both empty.";
}
