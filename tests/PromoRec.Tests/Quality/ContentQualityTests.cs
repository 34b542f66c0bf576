using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models.Content;
using PromoRec.Training.Content;

namespace PromoRec.Tests.Quality;

/// <summary>What is known of the items of a real catalog makes like items neighbours.</summary>
public sealed class ContentQualityTests(ITestOutputHelper output)
{
    [Fact]
    public void Neighbours_of_films_share_their_genres_far_more_often_than_by_chance()
    {
        Item[] films = [.. DataTable.Rows("research-only/ml-100k/items.tsv.gz").Select(row => new Item { Id = row[0], Text = row[1], Categories = row[3].Split('|', StringSplitOptions.RemoveEmptyEntries) })];
        var builder = new DatasetBuilder();
        builder.Add(new Interaction("somebody", (ItemId)"1", InteractionKind.Purchase, default));
        ContentModel model = new ContentTrainer().Train(builder.Build(), films);
        Dictionary<ItemId, HashSet<string>> genres = films.ToDictionary(film => film.Id, film => film.Categories.ToHashSet(StringComparer.Ordinal));

        double ofNeighbours = films.Average(film => model.SimilarItems(film.Id, 10).Select(each => Alike(film.Id, each.Item)).DefaultIfEmpty(0).Average());
        double byChance = films.Average(film => films.Where((_, n) => n % 17 == 0).Average(other => Alike(film.Id, other.Id)));
        output.WriteLine($"Jaccard of genres: neighbours {ofNeighbours:0.000}, by chance {byChance:0.000}");

        Assert.True(ofNeighbours > 0.8);
        Assert.True(byChance < 0.3);

        double Alike(ItemId one, ItemId other) => genres[one].Count(genres[other].Contains) / (double)Math.Max(1, genres[one].Union(genres[other]).Count());
    }
}
