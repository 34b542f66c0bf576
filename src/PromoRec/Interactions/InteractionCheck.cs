using System.Globalization;

namespace PromoRec.Interactions;

/// <summary>Says what is wrong with an event, without naming whose it is.</summary>
internal static class InteractionCheck
{
    private const string NoUser = $"An interaction must name a customer, but {nameof(Interaction.User)} is empty.";
    private const string NothingNamed = $"An interaction must name an item or an offer, but {nameof(Interaction.Item)} and {nameof(Interaction.Offer)} are both empty.";

    public static bool IsValid(in Interaction interaction) =>
        !interaction.User.IsEmpty && !(interaction.Item.IsEmpty && interaction.Offer.IsEmpty) && double.IsFinite(interaction.Value) && HasValidDetails(interaction.Details);

    public static void ThrowIfInvalid(in Interaction interaction, string parameterName)
    {
        if (!IsValid(interaction))
        {
            throw new ArgumentException(Fault(interaction), parameterName);
        }
    }

    /// <summary>Refuses an event for the same reasons; whether its texts are ids is seen where they are new.</summary>
    public static void ThrowIfInvalid(in Utf8Interaction interaction, string parameterName)
    {
        if (interaction.User.IsEmpty || !double.IsFinite(interaction.Value) || (interaction.Item.IsEmpty && interaction.Offer.IsEmpty))
        {
            throw new ArgumentException(Fault(interaction), parameterName);
        }
    }

    private static string Fault(in Utf8Interaction interaction) =>
        interaction.User.IsEmpty ? NoUser : !double.IsFinite(interaction.Value) ? NotFinite(interaction.Value) : NothingNamed;

    private static string NotFinite(double value) => $"{nameof(Interaction.Value)} of an interaction must be a finite number, but is {value:R}.";

    private static bool HasValidDetails(InteractionDetails? details) => details is null || (IsAmount(details.Amount) && IsAmount(details.Discount));

    private static bool IsAmount(decimal? amount) => amount is null or (>= 0 and <= InteractionDetails.MaxAmount);

    private static string Fault(in Interaction interaction) =>
        interaction.User.IsEmpty ? NoUser
        : !double.IsFinite(interaction.Value) ? NotFinite(interaction.Value)
        : interaction.Item.IsEmpty && interaction.Offer.IsEmpty ? NothingNamed
        : IsAmount(interaction.Details?.Amount) ? AmountFault(nameof(InteractionDetails.Discount), interaction.Details?.Discount)
        : AmountFault(nameof(InteractionDetails.Amount), interaction.Details?.Amount);

    private static string AmountFault(string name, decimal? amount) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name} of an interaction must be from 0 to {InteractionDetails.MaxAmount}, but is {amount}. A return has a negative {nameof(Interaction.Value)} and what was given back as its amount.");
}
