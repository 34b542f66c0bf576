using System.Globalization;
using System.Text;

namespace PromoRec.Cli.Tests;

/// <summary>Ratings that customers and items explain, with some noise.</summary>
internal static class RatingFile
{
    public const int Users = 60;

    /// <summary>Tab-separated, in the order of their times, with the header of a well-known set.</summary>
    public static string Text()
    {
        var random = new Random(5);
        double[] generosity = [.. Enumerable.Range(0, Users).Select(_ => random.NextDouble() - 0.5)];
        double[] quality = [.. Enumerable.Range(0, 40).Select(_ => (2 * random.NextDouble()) - 1)];
        var text = new StringBuilder("user\titem\trating\ttimestamp\n");
        for (int at = 0; at < 1_500; at++)
        {
            (int user, int item) = (random.Next(Users), random.Next(40));
            bool likes = (user % 2 == 0) == (item % 2 == 0);
            double rating = Math.Clamp(Math.Round(3 + generosity[user] + quality[item] + (likes ? 0.7 : -0.7) + (0.4 * (random.NextDouble() - 0.5))), 1, 5);
            text.AppendLine(CultureInfo.InvariantCulture, $"u{user}\ti{item}\t{rating}\t{1_000_000_000 + (at * 3_600)}");
        }

        return text.ToString();
    }
}
