using PromoRec.Cli.Reading;
using PromoRec.Evaluation;
using PromoRec.Interactions;

namespace PromoRec.Cli.Commands;

/// <summary>Rows of a test or candidates file: customers with items or offers.</summary>
internal sealed record TestRows(string Path, IReadOnlyList<UserItem> Items, IReadOnlyList<UserOffer> Offers, DateTimeOffset? First)
{
    private static readonly InteractionKind[] TakenItems = [InteractionKind.Purchase, InteractionKind.Redeem, InteractionKind.Rating];
    private static readonly InteractionKind[] TakenOffers = [InteractionKind.Purchase, InteractionKind.Redeem];

    /// <summary>Reads what customers took.</summary>
    /// <exception cref="InputException">The file is bad, or holds nothing that counts.</exception>
    public static TestRows Read(string path, InteractionReadOptions options, string? kinds, bool offers, BadRows badRows, CancellationToken cancellationToken)
    {
        HashSet<InteractionKind> counted = kinds is null ? [.. offers ? TakenOffers : TakenItems] : [.. ParseKinds(kinds)];
        var found = new HashSet<InteractionKind>();
        using InteractionReader reader = InteractionReader.Open(path, options, badRows);
        TestRows rows = Collect(path, reader.ReadAll(cancellationToken).Where(interaction => IsCounted(interaction.Kind)));
        string what = offers ? "offer" : "item";
        return (offers ? rows.Offers.Count : rows.Items.Count) > 0 ? rows : throw InputException.File(
            path,
            counted.Overlaps(found)
                ? $"no row names an {what}. Expected test rows with a customer and an {what}."
                : $"no row counts: its kinds are {Names(found)}, but {Names(counted)} were looked for. Say which ones count with --test-kinds.");

        bool IsCounted(InteractionKind kind)
        {
            found.Add(kind);
            return counted.Contains(kind);
        }
    }

    /// <summary>Takes what customers took from interactions in memory: the later part of a file.</summary>
    /// <exception cref="InputException">Nothing of it counts.</exception>
    public static TestRows Of(string path, IReadOnlyList<Interaction> interactions, string? kinds)
    {
        HashSet<InteractionKind> counted = kinds is null ? [.. TakenItems] : [.. ParseKinds(kinds)];
        TestRows rows = Collect(path, interactions.Where(interaction => counted.Contains(interaction.Kind)));
        return rows.Items.Count > 0 ? rows : throw InputException.File(
            path,
            $"nothing in the part to test on counts: its kinds are {Names(interactions.Select(interaction => interaction.Kind).Distinct())}, but {Names(counted)} with an item were looked for. Say which ones count with --test-kinds.");
    }

    /// <summary>Reads what is to be ranked for each customer.</summary>
    /// <exception cref="InputException">The file is bad.</exception>
    public static TestRows ReadCandidates(string path, bool offers, BadRows badRows, CancellationToken cancellationToken)
    {
        using InteractionReader reader = InteractionReader.Open(path, new InteractionReadOptions { ItemsAreOffers = offers }, badRows);
        return Collect(path, reader.ReadAll(cancellationToken));
    }

    private static TestRows Collect(string path, IEnumerable<Interaction> interactions)
    {
        var items = new List<UserItem>();
        var offers = new List<UserOffer>();
        DateTimeOffset? first = null;
        foreach (Interaction interaction in interactions)
        {
            if (!interaction.Item.IsEmpty)
            {
                items.Add(new UserItem(interaction.User, interaction.Item));
            }

            if (!interaction.Offer.IsEmpty)
            {
                offers.Add(new UserOffer(interaction.User, interaction.Offer));
            }

            if (interaction.At != default && !(first <= interaction.At))
            {
                first = interaction.At;
            }
        }

        return new TestRows(path, items, offers, first);
    }

    private static IEnumerable<InteractionKind> ParseKinds(string kinds)
    {
        foreach (string kind in kinds.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            yield return InteractionKind.IsValidName(kind) ? new InteractionKind(kind) : throw new UsageException($"--test-kinds: '{kind}' cannot be a kind. Expected names such as purchase,redeem.");
        }
    }

    private static string Names(IEnumerable<InteractionKind> kinds) => string.Join(", ", kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal));
}
