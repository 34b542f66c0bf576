using System.Globalization;

namespace PromoRec.Interactions;

/// <summary>Says what is wrong with an event, without naming whose it is.</summary>
internal static class InteractionCheck
{
    public static bool IsValid(in Interaction interaction) =>
        !interaction.User.IsEmpty && !(interaction.Item.IsEmpty && interaction.Offer.IsEmpty) && double.IsFinite(interaction.Value) && HasValidDetails(interaction.Details);

    public static void ThrowIfInvalid(in Interaction interaction, string parameterName)
    {
        if (!IsValid(interaction))
        {
            throw new ArgumentException(Fault(interaction), parameterName);
        }
    }

    private static bool HasValidDetails(InteractionDetails? details) => details is null || (IsAmount(details.Amount) && IsAmount(details.Discount));

    private static bool IsAmount(decimal? amount) => amount is null or (>= 0 and <= InteractionDetails.MaxAmount);

    private static string Fault(in Interaction interaction) =>
        interaction.User.IsEmpty ? $"An interaction must name a customer, but {nameof(Interaction.User)} is empty."
        : !double.IsFinite(interaction.Value) ? $"{nameof(Interaction.Value)} of an interaction must be a finite number, but is {interaction.Value:R}."
        : interaction.Item.IsEmpty && interaction.Offer.IsEmpty ? $"An interaction must name an item or an offer, but {nameof(Interaction.Item)} and {nameof(Interaction.Offer)} are both empty."
        : IsAmount(interaction.Details?.Amount) ? AmountFault(nameof(InteractionDetails.Discount), interaction.Details?.Discount)
        : AmountFault(nameof(InteractionDetails.Amount), interaction.Details?.Amount);

    private static string AmountFault(string name, decimal? amount) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name} of an interaction must be from 0 to {InteractionDetails.MaxAmount}, but is {amount}. A return has a negative {nameof(Interaction.Value)} and what was given back as its amount.");
}
