using PromoRec.Interactions;

namespace PromoRec.Cli.Commands;

/// <summary>Draws from data by a hash, so that neither the order of a file nor the machine matters, and a larger share includes a smaller one.</summary>
internal static class StableShare
{
    /// <summary>Whether a customer belongs to a share of all.</summary>
    public static bool Has(UserId user, double share) => Place(user.ToString()) < share;

    /// <summary>Whether what a customer did with an item or an offer belongs to a share of all.</summary>
    public static bool Has(Interaction interaction, double share) => Place($"{interaction.User}\n{interaction.Item}\n{interaction.Offer}") < share;

    /// <summary>A number from 0 up to, not including, 1.</summary>
    private static double Place(string text)
    {
        // FNV-1a, and the last step of MurmurHash3, because ids that differ in their last digit alone would else stay near each other.
        ulong hash = 0xCBF29CE484222325;
        foreach (char letter in text)
        {
            hash = (hash ^ letter) * 0x100000001B3;
        }

        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return ((hash ^ (hash >> 33)) >> 11) * (1.0 / (1UL << 53));
    }
}
