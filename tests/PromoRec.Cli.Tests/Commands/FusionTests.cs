using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using PromoRec.Models;
using PromoRec.Models.Hybrid;

namespace PromoRec.Cli.Tests.Commands;

/// <summary>How a hybrid puts its members together is chosen by an option, and may be learnt from offers that customers took.</summary>
public sealed class FusionTests(SimulatedShop shop) : IClassFixture<SimulatedShop>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string[] Stacked => ["--algorithm", "hybrid", "--fusion", "stacked", "--members", "als,item-knn,popularity", "--factors", "8", "--iterations", "2", "--offers", shop.Offers, "--items", shop.Items, "--customers", shop.Customers];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("weighted")]
    [InlineData("weighted", "--fusion", "weighted")]
    [InlineData("weighted-roots", "--fusion", "weighted-roots")]
    [InlineData("reciprocal-rank", "--fusion", "reciprocal-rank")]
    public void The_fusion_that_is_asked_for_is_trained_saved_and_shown(string fusion, params string[] options)
    {
        string model = _folder["h"];
        string[] hybrid = ["--algorithm", "hybrid", "--members", "item-knn,popularity", "--trials", "10", .. options];
        string[] test = ["--test", shop.Interactions, "--test-since", SimulatedShop.Cut, "--keep-consumed", "--resamples", "0", "--json"];

        CommandResult fit = Tool.Run(["fit", "--interactions", shop.Interactions, "--until", SimulatedShop.Cut, .. hybrid, "--out", model]).Succeeded();
        JsonElement saved = Tool.Run(["evaluate", "--model", model, .. test]).Succeeded().Json;
        JsonElement trained = Tool.Run(["evaluate", "--train", shop.Interactions, "--until", SimulatedShop.Cut, .. hybrid, .. test]).Succeeded().Json;

        Assert.Contains($"Members, {fusion}, compared by ndcg@10 on ", fit.Output, StringComparison.Ordinal);
        Assert.Contains($"Members, {fusion}:", Tool.Run("inspect", model).Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(fusion, Tool.Run("inspect", model, "--json").Succeeded().Json.GetProperty("hybrid").GetProperty("fusion").GetString());
        Assert.Equal(fusion, trained.GetProperty("training").GetProperty("hybrid").GetProperty("fusion").GetString());
        Assert.Equal(saved.GetProperty("metrics").ToString(), trained.GetProperty("metrics").ToString());
    }

    [Fact]
    public void Fusions_are_compared_with_each_other_and_named_in_help()
    {
        JsonElement report = Tool.Run(
            "compare", "--train", shop.Interactions, "--algorithms", "hybrid --members item-knn,popularity --trials 5; hybrid --members item-knn,popularity --trials 5 --fusion reciprocal-rank", "--keep-consumed", "--resamples", "50", "--json").Succeeded().Json;
        string[] versions = [.. report.GetProperty("algorithms").EnumerateArray().Select(one => one.GetProperty("version").GetString()!)];

        Assert.NotEqual(versions[0], versions[1]);
        Assert.Contains("--fusion <weighted|weighted-roots|reciprocal-rank|stacked>", Tool.Run("fit", "--help").Succeeded().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fusion must be one of weighted, weighted-roots, reciprocal-rank, stacked, but is 'reciprocal'.", "--fusion", "reciprocal")]
    [InlineData("--fusion must be one of weighted, weighted-roots, reciprocal-rank, stacked, but is 'stakced'. Did you mean 'stacked'?", "--fusion", "stakced")]
    [InlineData("--fusion stacked learns from offers that customers took, and there are none. Name the offers file with --offers FILE.", "--fusion", "stacked")]
    [InlineData("--trials has no effect with --fusion stacked. Leave it out.", "--fusion", "stacked", "--trials", "3", "--offers", "OFFERS")]
    [InlineData("--occasions has no effect with --fusion weighted. Leave it out.", "--occasions", "3")]
    [InlineData("--occasions must be a whole number from 2 to 50, but is '1'.", "--fusion", "stacked", "--occasions", "1", "--offers", "OFFERS")]
    [InlineData("--offers has no effect without --algorithm hybrid --fusion stacked. Leave it out.", "--offers", "OFFERS")]
    [InlineData("--validation must be above 0 and below 1, but is 2", "--fusion", "stacked", "--validation", "2", "--offers", "OFFERS")]
    public void What_does_not_go_with_a_fusion_is_refused(string expected, params string[] options)
    {
        CommandResult result = Tool.Run(["fit", "--interactions", shop.Interactions, "--algorithm", "hybrid", .. options.Select(option => option == "OFFERS" ? shop.Offers : option), "--out", _folder["m"]]);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["m"]));
    }

    [Fact]
    public void A_fusion_or_offers_without_a_hybrid_are_refused_and_so_are_stacked_hybrids_where_items_are_ranked()
    {
        Tool.Run("fit", "--interactions", shop.Interactions, "--fusion", "stacked", "--out", _folder["m"]).FailedWith(ExitCode.Usage, "--fusion has no effect with --algorithm als. Leave it out.");
        Tool.Run("fit", "--interactions", shop.Interactions, "--offers", shop.Offers, "--out", _folder["m"]).FailedWith(ExitCode.Usage, "--offers has no effect without --algorithm hybrid --fusion stacked.");
        Tool.Run("compare", "--train", shop.Interactions, "--algorithms", "als; hybrid --fusion stacked").FailedWith(ExitCode.Usage, "'compare' ranks items. Measure how it ranks offers with 'promorec evaluate --train FILE --algorithm hybrid --fusion stacked --offers FILE'.");
        Tool.Run("tune", "--interactions", shop.Interactions, "--algorithm", "hybrid --fusion stacked").FailedWith(ExitCode.Usage, "A hybrid weighs its members itself; tune those.");
        Tool.Run("evaluate", "--train", shop.Interactions, "--until", SimulatedShop.Cut, "--algorithm", "hybrid", "--fusion", "stacked", "--test", shop.Interactions, "--test-since", SimulatedShop.Cut)
            .FailedWith(ExitCode.Usage, "Name the offers file with --offers FILE.");
    }

    /// <summary>A twin of what the moments must be, from the rows of the file.</summary>
    [Fact]
    public void A_stacked_hybrid_learns_from_what_was_taken_of_valid_offers_between_moments_at_equal_numbers_of_events()
    {
        JsonElement hybrid = Tool.Run(["fit", "--interactions", shop.Interactions, .. Stacked, "--occasions", "3", "--validation", "0.4", "--out", _folder["h"], "--json"]).Succeeded().Json.GetProperty("hybrid");
        string[][] rows = Rows();
        DateTimeOffset[] times = [.. rows.Select(row => Time(row[4])).Order()];
        DateTimeOffset[] later = times[^(int)Math.Ceiling(times.Length * 0.4)..];
        DateTimeOffset[] moments = [.. Enumerable.Range(0, 3).Select(i => later[i * later.Length / 3])];
        var valid = File.ReadLines(shop.Offers).Skip(1).Select(row => row.Split(',')).ToDictionary(row => row[0], row => (From: Time(row[4]), To: Time(row[5])));
        JsonElement[] occasions = [.. hybrid.GetProperty("stacking").GetProperty("occasions").EnumerateArray()];

        Assert.Equal("stacked", hybrid.GetProperty("fusion").GetString());
        Assert.Equal(moments, occasions.Select(one => one.GetProperty("at").GetDateTimeOffset()));
        for (int i = 0; i < moments.Length; i++)
        {
            (string User, string Offer)[] taken =
            [
                .. rows.Where(row => row[2] == "redeem" && Time(row[4]) >= moments[i] && (i == 2 || Time(row[4]) < moments[i + 1]) && valid[row[5]].From <= moments[i] && moments[i] < valid[row[5]].To)
                    .Select(row => (row[0], row[5])).Distinct(),
            ];
            Assert.NotEmpty(taken);
            Assert.Equal((taken.Length, taken.Select(one => one.User).Distinct().Count()), (occasions[i].GetProperty("taken").GetInt32(), occasions[i].GetProperty("customers").GetInt32()));
        }

        Assert.Equal(moments[^1], hybrid.GetProperty("cut").GetDateTimeOffset());
        Assert.Equal(occasions[^1].GetProperty("customers").GetInt32(), hybrid.GetProperty("customers").GetInt32());
        Assert.Equal("hybrid", hybrid.GetProperty("ladder").EnumerateArray().Last().GetProperty("tier").GetString());
        Assert.Contains(hybrid.GetProperty("members").EnumerateArray(), member => member.GetProperty("weight").GetDouble() is not (0 or 1));
    }

    /// <summary>The members that are compared must not have seen what came after the moment, and the ones that are kept must.</summary>
    [Fact]
    public void What_is_looked_at_after_the_last_moment_does_not_change_how_members_compared_but_changes_the_model()
    {
        JsonElement first = Fit(shop.Interactions);
        DateTimeOffset last = first.GetProperty("hybrid").GetProperty("cut").GetDateTimeOffset();
        JsonElement after = Fit(_folder.Write("after.csv", Rewritten(row => row[5].Length == 0 && Time(row[4]) >= last)));
        JsonElement before = Fit(_folder.Write("before.csv", Rewritten(row => row[5].Length == 0 && Time(row[4]) < last)));

        Assert.Equal(Ladder(first), Ladder(after));
        Assert.NotEqual(first.GetProperty("version").GetString(), after.GetProperty("version").GetString());
        Assert.NotEqual(Ladder(first), Ladder(before));

        JsonElement Fit(string path) => Tool.Run(["fit", "--interactions", path, .. Stacked, "--out", _folder["h"], "--json"]).Succeeded().Json;
        static string Ladder(JsonElement fit) => fit.GetProperty("hybrid").GetProperty("ladder").ToString();
        string Rewritten(Predicate<string[]> changes) => "user,item,kind,value,at,offer,event\n" + string.Join('\n', Rows().Select(row => string.Join(',', changes(row) ? [row[0], "i00007", .. row[2..]] : row))) + "\n";
    }

    [Fact]
    public void Equal_files_and_options_give_the_same_stacked_model_and_it_ranks_with_probabilities()
    {
        string model = _folder["h"];
        string version = Tool.Run(["fit", "--interactions", shop.Interactions, .. Stacked, "--out", model, "--json"]).Succeeded().Json.GetProperty("version").GetString()!;
        CommandResult again = Tool.Run(["fit", "--interactions", shop.Interactions, .. Stacked, "--threads", "1", "--out", _folder["again"]]).Succeeded();
        Open(model);
        string[] rank = ["rank", "--model", model, "--user", "c000012", "--offers", shop.Offers, "--items", shop.Items, "--at", SimulatedShop.Cut, "--keep-consumed"];
        JsonElement[] ranked = [.. Tool.Run([.. rank, "--json"]).Succeeded().Json.GetProperty("ranking").EnumerateArray()];

        Assert.Contains($"Model {version}:", again.Output, StringComparison.Ordinal);
        Assert.Matches("Stacked on [0-9]+ offers that were taken after 4 moments from 2026-0", again.Output);
        Assert.Contains("moment 4 of 4, 2026-03-", again.Error, StringComparison.Ordinal);
        Assert.Equal(2, again.Error.Split("als: iteration").Length - 1);
        Assert.Matches("(?m)^  als +learnt ", Tool.Run("inspect", model).Succeeded().Output);
        double[] probabilities = [.. ranked.Select(one => one.GetProperty("probability").GetDouble())];
        Assert.All(probabilities, probability => Assert.InRange(probability, 1e-6, 1 - 1e-6));
        Assert.Equal(probabilities.OrderDescending(), probabilities);
        Assert.Contains("probability", Tool.Run(rank).Succeeded().Output, StringComparison.Ordinal);
    }

    /// <summary>A twin from the rankings of the single customers.</summary>
    [Fact]
    public void The_page_shows_how_often_offers_were_taken_that_had_some_probability()
    {
        string model = _folder["h"];
        Tool.Run(["fit", "--interactions", shop.Interactions, "--until", SimulatedShop.Cut, .. Stacked, "--out", model]).Succeeded();
        Open(model);
        string page = _folder["r.html"];
        string[] files = ["--offers", shop.Offers, "--items", shop.Items, "--customers", shop.Customers, "--keep-consumed"];
        JsonElement report = Tool.Run(["evaluate", "--model", model, "--test", shop.Interactions, "--test-kinds", "redeem", "--test-since", SimulatedShop.Cut, .. files, "--resamples", "0", "--report", page, "--json"]).Succeeded().Json;
        JsonElement[] bins = [.. report.GetProperty("curves").GetProperty("calibration").EnumerateArray()];

        string[][] redeemed = [.. Rows().Where(row => row[2] == "redeem" && string.CompareOrdinal(row[4], SimulatedShop.Cut) >= 0)];
        string first = redeemed.Select(row => row[4]).Min(StringComparer.Ordinal)!;
        (int count, double predicted, int taken) = (0, 0, 0);
        foreach (IGrouping<string, string[]> customer in redeemed.GroupBy(row => row[0]))
        {
            JsonElement[] ranked = [.. Tool.Run(["rank", "--model", model, "--user", customer.Key, "--top", "156", "--at", first, .. files, "--json"]).Succeeded().Json.GetProperty("ranking").EnumerateArray().Where(one => one.TryGetProperty("probability", out _))];
            int own = ranked.Count(one => customer.Any(row => row[5] == one.GetProperty("offer").GetString()));
            if (own > 0)
            {
                (count, predicted, taken) = (count + ranked.Length, predicted + ranked.Sum(one => one.GetProperty("probability").GetDouble()), taken + own);
            }
        }

        Assert.Equal(10, bins.Length);
        Assert.True(taken > 3);
        Assert.Equal(count, bins.Sum(Examples));
        Assert.Equal(predicted, bins.Sum(bin => Examples(bin) * bin.GetProperty("probability").GetDouble()), 1e-4);
        Assert.Equal(taken, bins.Sum(bin => Examples(bin) * bin.GetProperty("true").GetDouble()), 1e-9);
        Assert.InRange(bins.Max(Examples) - bins.Min(Examples), 0, 1);
        double[] probabilities = [.. bins.Select(bin => bin.GetProperty("probability").GetDouble())];
        Assert.Equal(probabilities.Order(), probabilities);
        XElement table = XDocument.Parse(File.ReadAllText(page)).Descendants("table").Single(one => one.Attribute("id")!.Value == "calibration-table");
        Assert.Equal(probabilities.Select(probability => probability.ToString("0.0000", CultureInfo.InvariantCulture)), table.Element("tbody")!.Elements("tr").Select(row => row.Elements("td").ElementAt(2).Value));

        static int Examples(JsonElement bin) => bin.GetProperty("examples").GetInt32();
    }

    [Fact]
    public void Where_a_lower_rung_answers_there_are_no_probabilities_and_a_note_says_so()
    {
        string model = _folder["h"];
        Tool.Run(["fit", "--interactions", shop.Interactions, "--until", SimulatedShop.Cut, .. Stacked, "--out", model]).Succeeded();
        ((HybridModel)RecommendationModel.Load(model)).WithLadder([new LadderRung(RankTier.Popularity, "popularity", 1, 0, true), new LadderRung(RankTier.Hybrid, "hybrid", 0, -1, false)]).Save(model, cancellationToken: TestContext.Current.CancellationToken);
        CommandResult result = Tool.Run(
            "evaluate", "--model", model, "--test", shop.Interactions, "--test-kinds", "redeem", "--test-since", SimulatedShop.Cut, "--offers", shop.Offers, "--items", shop.Items, "--keep-consumed", "--resamples", "0", "--report", _folder["r.html"], "--json").Succeeded();

        Assert.False(result.Json.GetProperty("curves").TryGetProperty("calibration", out _));
        Assert.Contains("note: a lower rung of the hybrid's ladder answered", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the interactions have no times. Give the rows times in the column 'at', or choose --fusion weighted.", "user,item,offer,kind\na,x,,purchase\nb,x,o,redeem\n")]
    [InlineData("There is nothing to stack a hybrid on: no row of the interactions is a redemption, or a purchase, that names an offer. Name the offers in the column 'offer'.", "user,item,at\na,x,2026-01-01\nb,x,2026-01-02\n")]
    [InlineData("none of 1 redemption names an offer of the offers file. Compare the ids in the two files.", "user,item,offer,kind,at\na,x,,purchase,2026-01-01\nb,x,other,redeem,2026-01-02\n")]
    [InlineData("of 1 redemption none is of an offer that was valid at one of the moments, the first of which is 2026-01-05 00:00. Begin earlier with --validation 0.5, or take more of them with --occasions.", "user,item,offer,kind,at\na,x,,purchase,2026-01-01\nb,x,o,redeem,2026-01-02\nb,x,,purchase,2026-01-05\n")]
    [InlineData("Where the same things are bought again, --repeats counts offers of what customers have already.", "user,item,offer,kind,at\na,x,,purchase,2026-01-01\nb,y,,purchase,2026-01-01\na,y,,purchase,2026-01-01\na,x,o,redeem,2026-01-05\n")]
    public void Files_that_say_nothing_of_offers_taken_are_refused(string expected, string interactions)
    {
        string offers = _folder.Write("o.csv", "id,value,targets\no,1,item:x\np,1,item:y\n");

        Tool.Run("fit", "--interactions", _folder.Write("i.csv", interactions), "--algorithm", "hybrid", "--members", "item-knn,popularity", "--fusion", "stacked", "--offers", offers, "--out", _folder["m"]).FailedWith(ExitCode.BadInput, expected);
        Assert.False(File.Exists(_folder["m"]));
    }

    [Fact]
    public void A_single_moment_gives_no_ladder_and_offers_without_times_are_warned_about()
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"c{i % 10},{(i % 3 == 0 ? "x" : "y")},,purchase,2026-01-{1 + (i / 4):00}\n"));
        string taken = string.Concat(Enumerable.Range(0, 10).Select(i => $"c{i},,{(i % 3 == 0 ? "o" : "p")},redeem,2026-02-{1 + i:00}\n"));
        string offers = _folder.Write("o.csv", "id,value,targets\no,1,item:x\np,1,item:y\nq,1,shop\n");
        string[] fit = ["fit", "--algorithm", "hybrid", "--members", "repeat,popularity", "--fusion", "stacked", "--repeats", "--offers", offers, "--out", _folder["m"], "--interactions"];
        CommandResult single = Tool.Run([.. fit, _folder.Write("s.csv", $"user,item,offer,kind,at\n{rows}{string.Concat(taken.Split('\n').Where(row => row.Length > 0).Select(row => $"{row[..^10]}2026-02-01\n"))}"), "--validation", "0.1"]).Succeeded();
        CommandResult several = Tool.Run([.. fit, _folder.Write("t.csv", $"user,item,offer,kind,at\n{rows}{taken}"), "--validation", "0.2"]).Succeeded();

        Assert.Contains("warning: offers were taken at one moment only", single.Error, StringComparison.Ordinal);
        Assert.Contains("No ladder: nothing was compared, so every tier serves.", single.Output, StringComparison.Ordinal);
        Assert.Contains("warning: no offer says when it is valid", several.Error, StringComparison.Ordinal);
        Assert.Contains("Ladder, from the bottom up:", several.Output, StringComparison.Ordinal);
    }

    /// <summary>Lets every rung answer: on so small a shop the stack does not lead.</summary>
    private static void Open(string model) => ((HybridModel)RecommendationModel.Load(model)).WithLadder([]).Save(model, cancellationToken: TestContext.Current.CancellationToken);

    private string[][] Rows() => [.. File.ReadLines(shop.Interactions).Skip(1).Select(row => row.Split(','))];

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
