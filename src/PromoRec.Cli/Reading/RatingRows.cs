using PromoRec.Evaluation;
using PromoRec.Interactions;

namespace PromoRec.Cli.Reading;

/// <summary>Ratings of a file, in its order.</summary>
internal static class RatingRows
{
    /// <summary>Reads the interactions of a file that rate an item.</summary>
    /// <exception cref="InputException">The file is bad, or holds no rating.</exception>
    public static List<Interaction> Read(string path, InteractionReadOptions options, BadRows badRows, CancellationToken cancellationToken)
    {
        using InteractionReader reader = InteractionReader.Open(path, options, badRows);
        List<Interaction> ratings = [.. reader.ReadAll(cancellationToken).Where(interaction => interaction.Kind == InteractionKind.Rating && !interaction.Item.IsEmpty)];
        return ratings.Count > 0 ? ratings : throw InputException.File(path, "no row is a rating of an item. Rows that name no kind are ratings, unless another kind is set for them.");
    }

    /// <summary>Those of interactions in memory that rate an item.</summary>
    /// <exception cref="InputException">None does.</exception>
    public static List<Interaction> Of(string path, IEnumerable<Interaction> interactions)
    {
        List<Interaction> ratings = [.. interactions.Where(interaction => interaction.Kind == InteractionKind.Rating && !interaction.Item.IsEmpty)];
        return ratings.Count > 0 ? ratings : throw InputException.File(path, "no row of the part to test on is a rating of an item.");
    }

    /// <summary>What is to be predicted.</summary>
    public static UserRating[] ToPredict(IEnumerable<Interaction> ratings) => [.. ratings.Select(rating => new UserRating(rating.User, rating.Item, rating.Value))];
}
