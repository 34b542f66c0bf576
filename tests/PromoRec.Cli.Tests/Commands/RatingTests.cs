using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace PromoRec.Cli.Tests.Commands;

/// <summary>Every family of models of ratings goes through the commands that train, evaluate, rank and look.</summary>
public sealed class RatingTests : IDisposable
{
    private static readonly string[] Columns = ["--columns", "value=rating,at=timestamp"];

    private readonly TemporaryFolder _folder = new();
    private readonly string _ratings;

    public RatingTests() => _ratings = _folder.Write("ratings.tsv", RatingFile.Text());

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("baseline", 0)]
    [InlineData("baseline", 0, "--sweeps", "3", "--user-regularization", "1", "--item-regularization", "2")]
    [InlineData("rating-knn", 0)]
    [InlineData("rating-knn", 0, "--centering", "means", "--rating-similarity", "cosine", "--min-neighbours", "2")]
    [InlineData("rating-knn", 0, "--centering", "baseline", "--rating-similarity", "pearson-baseline", "--item-based", "--neighbours", "10", "--shrinkage", "5", "--min-overlap", "3")]
    [InlineData("slope-one", 0, "--min-overlap", "2")]
    [InlineData("svd", 100)]
    [InlineData("svd", 8, "--factors", "8", "--epochs", "30", "--learning-rate", "0.01", "--regularization", "0.05", "--seed", "3")]
    [InlineData("svdpp", 20)]
    public void A_model_is_trained_saved_evaluated_inspected_and_ranks_items(string algorithm, int factors, params string[] options)
    {
        string model = _folder["m.safetensors"];
        string[] learn = [.. Columns, "--until", "2001-10-20", "--algorithm", algorithm, .. options];
        string[] test = ["--test", _ratings, "--test-columns", "value=rating,at=timestamp", "--test-since", "2001-10-20", "--json"];

        JsonElement fit = Tool.Run(["fit", "--interactions", _ratings, .. learn, "--out", model, "--json"]).Succeeded().Json;
        JsonElement saved = Tool.Run(["evaluate", "--model", model, .. test]).Succeeded().Json;
        JsonElement trained = Tool.Run(["evaluate", "--train", _ratings, .. learn, .. test]).Succeeded().Json;
        string inspected = Tool.Run("inspect", model).Succeeded().Output;
        JsonElement ranked = Tool.Run("rank", "--model", model, "--user", "u12", "--top", "3", "--explain", "--json").Succeeded().Json;

        Assert.Equal((algorithm, factors), (fit.GetProperty("algorithm").GetString(), fit.GetProperty("factors").GetInt32()));
        Assert.Equal("ratings", saved.GetProperty("protocol").GetString());
        Assert.Equal(saved.GetProperty("metrics").ToString(), trained.GetProperty("metrics").ToString());
        Assert.Equal(["rmse", "mae"], saved.GetProperty("metrics").EnumerateObject().Select(metric => metric.Name));
        Assert.InRange(Rmse(saved), 0.2, 1.0);
        Assert.True(saved.GetProperty("metrics").GetProperty("mae").GetDouble() < Rmse(saved));
        Assert.InRange(saved.GetProperty("ratings").GetInt32(), 200, 600);
        Assert.Contains($": {algorithm}, {(factors > 0 ? $"{factors} factors, " : string.Empty)}seed ", inspected, StringComparison.Ordinal);
        Assert.Contains("checksum matches", inspected, StringComparison.Ordinal);
        double[] scores = [.. ranked.GetProperty("ranking").EnumerateArray().Select(entry => entry.GetProperty("score").GetDouble())];
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.Equal(3, scores.Length);
    }

    [Fact]
    public void Every_fold_is_predicted_from_the_others_and_the_seed_decides_them()
    {
        string[] command = ["evaluate", "--train", _ratings, .. Columns, "--algorithm", "baseline", "--folds", "4", "--json"];

        JsonElement report = Tool.Run(command).Succeeded().Json;
        JsonElement again = Tool.Run(command).Succeeded().Json;
        JsonElement other = Tool.Run([.. command, "--fold-seed", "2"]).Succeeded().Json;
        string text = Tool.Run(command[..^1]).Succeeded().Output;

        double[] folds = [.. report.GetProperty("folds").EnumerateArray().Select(fold => fold.GetProperty("rmse").GetDouble())];
        Assert.Equal(("rating-folds", 1_500, 4), (report.GetProperty("protocol").GetString(), report.GetProperty("ratings").GetInt32(), folds.Length));
        Assert.Equal(folds.Average(), Rmse(report), 1e-12);
        Assert.Equal(Rmse(report), Rmse(again));
        Assert.NotEqual(Rmse(report), Rmse(other));
        Assert.Contains("60 test customers, predicting the ratings of each fold from those of the others:", text, StringComparison.Ordinal);
        Assert.Contains($"rmse    {Rmse(report).ToString("0.0000", CultureInfo.InvariantCulture)}", text, StringComparison.Ordinal);
        Assert.Contains("1,500 ratings were predicted.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_ratings_are_predicted_from_those_before_as_if_the_file_had_been_cut_there()
    {
        string[] learn = [.. Columns, "--algorithm", "slope-one"];

        JsonElement held = Tool.Run(["evaluate", "--train", _ratings, .. learn, "--holdout", "0.25", "--json"]).Succeeded().Json;
        string[] rows = RatingFile.Text().TrimEnd('\n').Split('\n');
        string first = _folder.Write("first.tsv", string.Join('\n', rows[..1126]) + "\n");
        string last = _folder.Write("last.tsv", string.Join('\n', [rows[0], .. rows[1126..]]) + "\n");
        JsonElement cut = Tool.Run(["evaluate", "--train", first, .. learn, "--test", last, "--test-columns", "value=rating,at=timestamp", "--json"]).Succeeded().Json;

        Assert.Equal(("rating-holdout", 375), (held.GetProperty("protocol").GetString(), held.GetProperty("ratings").GetInt32()));
        Assert.Equal(cut.GetProperty("metrics").ToString(), held.GetProperty("metrics").ToString());
        Assert.Equal(JsonValueKind.Null, held.GetProperty("folds").ValueKind);
    }

    [Fact]
    public void A_model_of_ratings_ranks_no_offers_and_the_refusal_says_what_it_does()
    {
        string model = _folder["m.safetensors"];
        Tool.Run(["fit", "--interactions", _ratings, .. Columns, "--algorithm", "slope-one", "--out", model]).Succeeded();

        Tool.Run("rank", "--model", model, "--user", "u12", "--offers", _folder.Write("offers.csv", "id,form,value\na,cash-off,1\n"))
            .FailedWith(ExitCode.Usage, "A model of ratings predicts how customers rate items, and ranks no offers. Leave --offers out for the items with the highest predictions, or take a model of another family.");
    }

    [Fact]
    public void A_model_of_ratings_is_evaluated_by_rankings_on_request()
    {
        JsonElement report = Tool.Run(
            ["evaluate", "--train", _ratings, .. Columns, "--until", "2001-10-20", "--algorithm", "svd", "--test", _ratings, "--test-columns", "value=rating,at=timestamp", "--test-kind", "rating", "--test-since", "2001-10-20", "--metrics", "ndcg@10", "--keep-consumed", "--json"]).Succeeded().Json;

        Assert.Equal("full-catalog", report.GetProperty("protocol").GetString());
        Assert.InRange(report.GetProperty("metrics").GetProperty("ndcg@10").GetDouble(), 0.05, 1);
    }

    [Fact]
    public void Only_ratings_are_learnt_and_the_latest_of_a_pair_stands()
    {
        string file = _folder.Write("mixed.csv", "user,item,kind,value,at\na,x,rating,2,2026-01-02\na,x,rating,5,2026-01-01\nb,x,purchase,9,2026-01-01\nb,y,rating,4,2026-01-03\n");
        string test = _folder.Write("test.csv", "user,item,value\na,x,3\n");

        JsonElement fit = Tool.Run("fit", "--interactions", file, "--algorithm", "baseline", "--sweeps", "0", "--out", _folder["m"], "--json").Succeeded().Json;
        JsonElement errors = Tool.Run("evaluate", "--model", _folder["m"], "--test", test, "--json").Succeeded().Json;

        Assert.Equal(2, fit.GetProperty("pairs").GetInt32());
        Assert.Equal(0, Rmse(errors), 1e-9);
    }

    [Theory]
    [InlineData("svd --factors 8", "rmse", "--metric", "rmse")]
    [InlineData("svdpp --factors 8", "rmse")]
    [InlineData("baseline", "mae", "--metric", "mae")]
    [InlineData("rating-knn --item-based", "rmse")]
    [InlineData("slope-one", "rmse")]
    public void Algorithms_of_ratings_are_tuned_for_the_lowest_error_and_evaluate_finds_the_same_figure(string algorithm, string metric, params string[] options)
    {
        CommandResult result = Tool.Run(["tune", "--interactions", _ratings, .. Columns, "--algorithm", algorithm, "--trials", "6", "--json", .. options]).Succeeded();
        JsonElement tuned = result.Json;
        string[] best = tuned.GetProperty("algorithm").GetString()!.Split(' ');
        JsonElement evaluated = Tool.Run(["evaluate", "--train", _ratings, .. Columns, "--algorithm", .. best, "--holdout", "0.2", "--json"]).Succeeded().Json;

        Assert.Equal((metric, true), (tuned.GetProperty("metric").GetString(), tuned.GetProperty("lowestWins").GetBoolean()));
        Assert.Equal(evaluated.GetProperty("metrics").GetProperty(metric).GetDouble(), tuned.GetProperty("score").GetDouble(), 1e-12);
        Assert.True(tuned.GetProperty("score").GetDouble() <= tuned.GetProperty("usualScore").GetDouble());
        Assert.Equal(tuned.GetProperty("evaluations").EnumerateArray().Where(one => one.GetProperty("share").GetDouble() == 1).Min(one => one.GetProperty("score").GetDouble()), tuned.GetProperty("score").GetDouble());
    }

    [Fact]
    public void Algorithms_of_ratings_are_compared_by_their_errors_with_intervals_and_a_winner()
    {
        string[] compare = ["compare", "--train", _ratings, .. Columns, "--algorithms", "svd --epochs 2,baseline,slope-one,baseline --sweeps 9"];

        JsonElement report = Tool.Run([.. compare, "--json"]).Succeeded().Json;
        JsonElement again = Tool.Run([.. compare, "--threads", "1", "--json"]).Succeeded().Json;
        string text = Tool.Run(compare).Succeeded().Output;
        JsonElement alone = Tool.Run(["evaluate", "--train", _ratings, .. Columns, "--algorithm", "baseline", "--holdout", "0.2", "--json"]).Succeeded().Json;
        JsonElement random = Tool.Run([.. compare, "--split", "random", "--json"]).Succeeded().Json;

        JsonElement[] algorithms = [.. report.GetProperty("algorithms").EnumerateArray()];
        Assert.Equal(("rating-holdout", 300), (report.GetProperty("protocol").GetString(), report.GetProperty("ratings").GetInt32()));
        Assert.Equal(Rmse(alone), Rmse(algorithms[1]), 1e-12);
        Assert.All(algorithms, one => Assert.InRange(Rmse(one), one.GetProperty("confidenceIntervals").GetProperty("rmse")[0].GetDouble(), one.GetProperty("confidenceIntervals").GetProperty("rmse")[1].GetDouble()));
        JsonElement[] verdicts = [.. report.GetProperty("comparisons").EnumerateArray()];
        Assert.Equal(["rmse", "mae"], verdicts.Select(verdict => verdict.GetProperty("metric").GetString()));
        double[] errors = [.. verdicts[0].GetProperty("ranking").EnumerateArray().Select(one => one.GetProperty("mean").GetDouble())];
        Assert.Equal(errors.Order(), errors);
        Assert.Equal("svd --epochs 2", verdicts[0].GetProperty("ranking")[3].GetProperty("name").GetString());
        Assert.True(verdicts[0].GetProperty("ranking")[3].GetProperty("isBehind").GetBoolean());
        Assert.Equal(report.GetProperty("comparisons").ToString(), again.GetProperty("comparisons").ToString());
        Assert.Equal("rating-random", random.GetProperty("protocol").GetString());
        Assert.Contains("300 ratings, predicting the last ratings from those before; intervals of 95 %:", text, StringComparison.Ordinal);
        Assert.Matches("rmse: .* below ", text);
    }

    [Fact]
    public void The_page_of_predicted_ratings_shows_their_calibration_and_their_errors()
    {
        string page = _folder["r.html"];
        JsonElement report = Tool.Run(["evaluate", "--train", _ratings, .. Columns, "--algorithm", "svd", "--folds", "3", "--report", page, "--json"]).Succeeded().Json;
        JsonElement curves = report.GetProperty("ratingCurves");
        JsonElement[] bins = [.. curves.GetProperty("calibration").EnumerateArray()];
        JsonElement[] errors = [.. curves.GetProperty("errors").EnumerateArray()];
        var drawn = XDocument.Parse(File.ReadAllText(page));

        Assert.Equal((10, 1_500), (bins.Length, bins.Sum(bin => bin.GetProperty("ratings").GetInt32())));
        Assert.True(bins[^1].GetProperty("true").GetDouble() > bins[0].GetProperty("true").GetDouble() + 1);
        Assert.Equal(1, errors.Sum(bin => bin.GetProperty("share").GetDouble()), 1e-9);
        Assert.Equal(Enumerable.Range(-8, 17).Select(at => at / 2.0), errors.Select(bin => bin.GetProperty("error").GetDouble()));
        double mae = errors.Sum(bin => Math.Abs(bin.GetProperty("error").GetDouble()) * bin.GetProperty("share").GetDouble());
        Assert.Equal(report.GetProperty("metrics").GetProperty("mae").GetDouble(), mae, 0.13);
        Assert.Equal(["rating-calibration-table", "rating-errors-table"], drawn.Descendants("table").Attributes("id").Select(id => id.Value).Where(id => id.StartsWith("rating", StringComparison.Ordinal)));
        Assert.Equal(3, drawn.Descendants("svg").Count(svg => svg.Attribute("role")?.Value == "img"));

        // Of folds, whose ratings are of any time, there is no earlier part; the figures are the means of the folds.
        JsonElement[] learning = [.. curves.GetProperty("learning").EnumerateArray()];
        Assert.Equal([0.1, 0.25, 0.5, 1], learning.Select(point => point.GetProperty("share").GetDouble()));
        Assert.Equal(Rmse(report), learning[^1].GetProperty("value").GetDouble(), 1e-12);
        Assert.True(learning[0].GetProperty("value").GetDouble() > learning[^1].GetProperty("value").GetDouble());
        Assert.Equal(0, curves.GetProperty("learningByTime").GetArrayLength());
        Assert.DoesNotContain("NaN", File.ReadAllText(page), StringComparison.Ordinal);

        Tool.Run(["compare", "--train", _ratings, .. Columns, "--algorithms", "baseline,slope-one", "--report", page]).Succeeded();
        Assert.Contains("slope-one", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Predicted_ratings_have_learning_curves_in_evaluate_and_in_compare()
    {
        string[] rows = File.ReadAllLines(_ratings);
        string header = rows[0];
        string train = _folder.Write("train.tsv", string.Join('\n', rows[..1_201]) + "\n");
        string test = _folder.Write("test.tsv", string.Join('\n', rows[1_201..].Prepend(header)) + "\n");
        string earliest = _folder.Write("earliest.tsv", string.Join('\n', rows[..721]) + "\n");
        string[] tail = ["--test", test, .. Columns, "--test-columns", Columns[1], "--report", _folder["r.html"], "--json"];

        JsonElement held = Tool.Run(["evaluate", "--train", train, "--algorithm", "baseline", .. tail]).Succeeded().Json;
        JsonElement last = Tool.Run(["evaluate", "--train", _ratings, "--algorithm", "baseline", "--holdout", "0.2", .. Columns, "--report", _folder["r.html"], "--json"]).Succeeded().Json;
        JsonElement compared = Tool.Run(["compare", "--train", train, "--algorithms", "baseline,slope-one", .. tail]).Succeeded().Json;
        JsonElement part = Tool.Run(["evaluate", "--train", earliest, "--algorithm", "baseline", "--test", test, .. Columns, "--test-columns", Columns[1], "--json"]).Succeeded().Json;
        JsonElement curves = held.GetProperty("ratingCurves");

        Assert.Equal([0.2, 0.4, 0.6, 0.8, 1], curves.GetProperty("learningByTime").EnumerateArray().Select(point => point.GetProperty("share").GetDouble()));
        Assert.Equal(Rmse(part), curves.GetProperty("learningByTime")[2].GetProperty("value").GetDouble());
        Assert.Equal(Rmse(held), curves.GetProperty("learningByTime")[4].GetProperty("value").GetDouble());
        Assert.Equal(curves.GetProperty("learningByTime").ToString(), last.GetProperty("ratingCurves").GetProperty("learningByTime").ToString());
        foreach (string curve in (string[])["learning", "learningByTime"])
        {
            Assert.Equal(curves.GetProperty(curve).ToString(), compared.GetProperty("algorithms")[0].GetProperty("ratingCurves").GetProperty(curve).ToString());
        }

        Assert.Contains("learning-time-table", File.ReadAllText(_folder["r.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("svd")]
    [InlineData("baseline")]
    public void Purchases_are_no_ratings_and_ratings_that_are_all_the_same_are_warned_about(string algorithm)
    {
        string file = _folder.Write("bought.csv", "user,item,kind\na,x,purchase\na,y,purchase\nb,x,purchase\nb,z,purchase\n");
        string[] fit = ["fit", "--interactions", file, "--algorithm", algorithm, "--out", _folder["m"]];

        Tool.Run(fit).FailedWith(ExitCode.BadInput, "no row is a rating, and models of ratings learn from the kind 'rating' alone. Recommend from purchases with --algorithm als or item-knn.");
        Assert.Contains("warning: every rating is 1, so there is nothing to tell apart: every prediction is 1.", Tool.Run([.. fit, "--weights", "purchase=1"]).Succeeded().Error, StringComparison.Ordinal);
        Assert.DoesNotContain("every rating", Tool.Run(["fit", "--interactions", _ratings, .. Columns, "--algorithm", algorithm, "--out", _folder["n"]]).Succeeded().Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--epochs has no effect with --algorithm baseline. Leave it out.", "fit", "--algorithm", "baseline", "--epochs", "3")]
    [InlineData("--centering has no effect with --algorithm svd. Leave it out.", "fit", "--algorithm", "svd", "--centering", "means")]
    [InlineData("--factors has no effect with --algorithm slope-one. Leave it out.", "fit", "--algorithm", "slope-one", "--factors", "3")]
    [InlineData("--sweeps has no effect with --algorithm als. Leave it out.", "fit", "--sweeps", "3")]
    [InlineData("--learning-rate must be above 0 and at most 1, but is 2", "fit", "--algorithm", "svdpp", "--learning-rate", "2")]
    [InlineData("--half-life would turn old ratings into low ones. Leave it out.", "fit", "--algorithm", "svd", "--half-life", "30")]
    [InlineData("--folds divides ratings that are to be predicted: it needs --train with one of the algorithms baseline, rating-knn, slope-one, svd, svdpp", "evaluate", "--folds", "5")]
    [InlineData("and no option of rankings such as --metrics.", "evaluate", "--algorithm", "svd", "--folds", "5", "--metrics", "ndcg@10")]
    [InlineData("either --folds or --holdout is needed, and not both.", "evaluate", "--algorithm", "svd", "--folds", "5", "--holdout", "0.2")]
    [InlineData("either --folds or --holdout is needed, and not both.", "evaluate", "--algorithm", "svd", "--fold-seed", "5")]
    [InlineData("--holdout must be above 0 and below 1, but is 1", "evaluate", "--algorithm", "svd", "--holdout", "1")]
    [InlineData("--test has no effect with --folds. Leave one of them out.", "evaluate", "--algorithm", "svd", "--folds", "5", "--test", "x")]
    [InlineData("--test is needed. Ratings can also be predicted with --folds or --holdout.", "evaluate", "--algorithm", "svd")]
    [InlineData("--test is needed.", "evaluate")]
    public void What_does_not_fit_together_is_refused(string expected, string command, params string[] options)
    {
        string[] files = command == "fit" ? ["--interactions", _ratings, "--out", _folder["m"]] : ["--train", _ratings];

        CommandResult result = Tool.Run([command, .. files, .. Columns, .. options]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_hold_no_rating_or_too_large_ones_are_refused()
    {
        string purchases = _folder.Write("p.csv", "user,item,kind\na,x,purchase\n");
        string large = _folder.Write("l.csv", "user,item,value\na,x,1e30\nb,x,-1e30\n");

        Assert.Contains("no row is a rating of an item", Tool.Run("evaluate", "--train", purchases, "--algorithm", "svd", "--folds", "2").FailedWith(ExitCode.BadInput, purchases).Error, StringComparison.Ordinal);
        Tool.Run("fit", "--interactions", purchases, "--algorithm", "svd", "--out", _folder["m"]).FailedWith(ExitCode.BadInput, "weight");
        Tool.Run("fit", "--interactions", large, "--algorithm", "svd", "--out", _folder["m"]).FailedWith(ExitCode.BadInput, "The factors diverge");
    }

    private static double Rmse(JsonElement report) => report.GetProperty("metrics").GetProperty("rmse").GetDouble();
}
