using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace PromoRec.Cli.Tests.Commands;

/// <summary>The pages that evaluate and compare write: whole, complete in themselves, and with the numbers of the JSON.</summary>
public sealed class ReportTests(SimulatedShop shop) : IClassFixture<SimulatedShop>, IDisposable
{
    private readonly SimulatedShop _shop = shop;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_page_of_a_comparison_holds_the_numbers_of_the_json_in_pictures_and_tables()
    {
        string path = _folder["r.html"];
        JsonElement json = Tool.Run("compare", "--train", _shop.Interactions, "--algorithms", "popularity,als --factors 8 --iterations 3", "--keep-consumed", "--resamples", "100", "--report", path, "--json").Succeeded().Json;
        XDocument page = Page(path);
        JsonElement[] algorithms = [.. json.GetProperty("algorithms").EnumerateArray()];

        Assert.Equal(["precision-recall-title", "coverage-title", "long-tail-title", "learning-title", "learning-time-title"], Pictures(page).Select(picture => picture.Element("title")!.Attribute("id")!.Value));
        string[][] precision = Rows(page, "precision-recall");
        Assert.Equal(algorithms.SelectMany(one => Numbers(one, "precision")), precision.Select(row => row[3]));
        Assert.Equal(algorithms.SelectMany(one => Numbers(one, "recall")), precision.Select(row => row[2]));
        Assert.Equal(algorithms.SelectMany(one => Numbers(one, "coverage")), Rows(page, "coverage").Select(row => row[3]));
        Assert.Equal(algorithms.SelectMany(one => Numbers(one, "recommended")).Concat(Numbers(algorithms[0], "owned")), Rows(page, "long-tail").Select(row => row[3]));
        Assert.Equal(algorithms.SelectMany(one => one.GetProperty("curves").GetProperty("learning").EnumerateArray().Select(point => Show(point.GetProperty("value")))), Rows(page, "learning").Select(row => row[3]));
        Assert.Equal(algorithms.SelectMany(one => one.GetProperty("curves").GetProperty("learningByTime").EnumerateArray().Select(point => Show(point.GetProperty("value")))), Rows(page, "learning-time").Select(row => row[3]));
        Assert.Equal(Show(algorithms[1].GetProperty("metrics").GetProperty("hr@10")), Rows(page, "learning")[^1][3]);
        Assert.StartsWith(Show(algorithms[1].GetProperty("metrics").GetProperty("ndcg@10")), Rows(page, "metrics")[1][2], StringComparison.Ordinal);
        Assert.Contains(page.Descendants("li"), item => item.Value.StartsWith("ndcg@10: ", StringComparison.Ordinal));
        Assert.Equal(algorithms[1].GetProperty("curves").GetProperty("mostRecommended")[0].GetProperty("item").GetString(), Rows(page, "most-1")[0][0]);
    }

    [Fact]
    public void A_model_that_is_trained_for_the_page_learns_from_shares_of_its_file()
    {
        string path = _folder["r.html"];
        string[] test = ["--test", _shop.Interactions, "--test-since", SimulatedShop.Cut, "--until", SimulatedShop.Cut, "--keep-consumed", "--resamples", "50", "--report", path, "--json"];
        JsonElement evaluated = Tool.Run(["evaluate", "--train", _shop.Interactions, "--algorithm", "ease", .. test]).Succeeded().Json;
        JsonElement compared = Tool.Run(["compare", "--train", _shop.Interactions, "--algorithms", "ease,popularity", .. test]).Succeeded().Json;
        JsonElement[] learning = [.. evaluated.GetProperty("curves").GetProperty("learning").EnumerateArray()];

        Assert.Equal([0.1, 0.25, 0.5, 1], learning.Select(point => point.GetProperty("share").GetDouble()));
        Assert.Equal(evaluated.GetProperty("metrics").GetProperty("hr@10").GetDouble(), learning[^1].GetProperty("value").GetDouble());
        Assert.True(learning[0].GetProperty("value").GetDouble() < learning[^1].GetProperty("value").GetDouble());
        Assert.Equal([0.2, 0.4, 0.6, 0.8, 1], evaluated.GetProperty("curves").GetProperty("learningByTime").EnumerateArray().Select(point => point.GetProperty("share").GetDouble()));
        Assert.Equal(evaluated.GetProperty("curves").ToString(), compared.GetProperty("algorithms")[0].GetProperty("curves").ToString());
    }

    [Theory]
    [InlineData("item-knn")]
    [InlineData("popularity")]
    [InlineData("hybrid", "--members", "item-knn,repeat,popularity", "--trials", "10")]
    public void The_learning_curve_by_time_has_the_figures_of_models_whose_training_ended_earlier(string algorithm, params string[] options)
    {
        string[] rows = [.. File.ReadLines(_shop.Interactions).Skip(1).Where(row => string.CompareOrdinal(row.Split(',')[4], SimulatedShop.Cut) < 0).OrderBy(row => row.Split(',')[4], StringComparer.Ordinal)];
        string last = rows[(int)Math.Ceiling(0.4 * rows.Length) - 1].Split(',')[4];
        string earliest = _folder.Write("e.csv", $"user,item,kind,value,at,offer,event\n{string.Join('\n', rows.Where(row => string.CompareOrdinal(row.Split(',')[4], last) <= 0))}\n");
        string[] test = ["--algorithm", algorithm, .. options, "--test", _shop.Interactions, "--test-since", SimulatedShop.Cut, "--keep-consumed", "--metrics", "ndcg@10", "--resamples", "0", "--json"];

        JsonElement all = Tool.Run(["evaluate", "--train", _shop.Interactions, "--until", SimulatedShop.Cut, .. test, "--report", _folder["r.html"]]).Succeeded().Json;
        JsonElement part = Tool.Run(["evaluate", "--train", earliest, .. test]).Succeeded().Json;
        JsonElement[] points = [.. all.GetProperty("curves").GetProperty("learningByTime").EnumerateArray()];

        Assert.Equal(part.GetProperty("metrics").GetProperty("ndcg@10").GetDouble(), points[1].GetProperty("value").GetDouble());
        Assert.Equal(all.GetProperty("metrics").GetProperty("ndcg@10").GetDouble(), points[^1].GetProperty("value").GetDouble());
        Assert.NotEqual(points[1].GetProperty("value").GetDouble(), points[^1].GetProperty("value").GetDouble());
    }

    [Fact]
    public void Where_nothing_has_a_time_or_the_test_is_of_any_time_there_is_no_learning_curve_by_time()
    {
        string file = _folder.Write("i.csv", "user,item\n" + string.Join('\n', Enumerable.Range(0, 900).Select(i => $"u{i % 29},i{i * i % 31}")) + "\n");
        string[] compare = ["--algorithms", "popularity,item-knn", "--split", "random", "--keep-consumed", "--resamples", "10", "--report", _folder["r.html"], "--json"];
        JsonElement without = Tool.Run(["compare", "--train", file, .. compare]).Succeeded().Json;
        JsonElement random = Tool.Run(["compare", "--train", _shop.Interactions, .. compare]).Succeeded().Json;

        Assert.All((JsonElement[])[without, random], report =>
        {
            Assert.Equal(0, report.GetProperty("algorithms")[0].GetProperty("curves").GetProperty("learningByTime").GetArrayLength());
            Assert.Equal(4, report.GetProperty("algorithms")[0].GetProperty("curves").GetProperty("learning").GetArrayLength());
        });
        Assert.DoesNotContain(Pictures(Page(_folder["r.html"])), picture => picture.Element("title")!.Attribute("id")!.Value == "learning-time-title");
    }

    [Fact]
    public void Marks_stand_where_their_numbers_say()
    {
        string path = _folder["r.html"];
        Tool.Run("evaluate", "--model", _shop.Model, "--test", _shop.Interactions, "--test-since", SimulatedShop.Cut, "--keep-consumed", "--resamples", "0", "--report", path).Succeeded();
        XElement picture = Pictures(Page(path)).Single(one => one.Element("title")!.Attribute("id")!.Value == "precision-recall-title");
        (double Value, double Place)[] across = [.. picture.Elements("text").Where(text => text.Attribute("text-anchor")!.Value == "middle" && Css(text) == "tick").Select(text => (Parse(text.Value), Parse(text.Attribute("x")!.Value)))];
        (double Value, double Place)[] up = [.. picture.Elements("text").Where(text => text.Attribute("text-anchor")!.Value == "end").Select(text => (Parse(text.Value), Parse(text.Attribute("y")!.Value) - 4))];

        XElement[] marks = [.. picture.Elements("circle")];
        Assert.Equal(Rows(Page(path), "precision-recall").Length, marks.Length);
        foreach ((XElement mark, string[] row) in marks.Zip(Rows(Page(path), "precision-recall")))
        {
            Assert.Equal(At(across, Parse(row[2])), Parse(mark.Attribute("cx")!.Value), 0.5);
            Assert.Equal(At(up, Parse(row[3])), Parse(mark.Attribute("cy")!.Value), 0.5);
        }
    }

    [Fact]
    public void The_page_of_offers_and_candidates_has_the_pictures_that_they_allow()
    {
        string path = _folder["r.html"];
        Tool.Run("evaluate", "--model", _shop.Model, "--test", _shop.Interactions, "--test-kind", "redeem", "--test-since", SimulatedShop.Cut, "--offers", _shop.Offers, "--items", _shop.Items, "--keep-consumed", "--resamples", "0", "--popularity", "--report", path).Succeeded();

        Assert.Equal(["precision-recall-title", "coverage-title"], Pictures(Page(path)).Select(picture => picture.Element("title")!.Attribute("id")!.Value));
        Assert.Equal(4, Rows(Page(path), "metrics")[0].Length);
    }

    [Fact]
    public void What_stands_in_files_cannot_become_part_of_the_page()
    {
        const string Evil = "<script>alert('x')</script> & \"q\" 客户";
        string quoted = $"\"{Evil.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"u{i % 8},{(i % 3 == 0 ? quoted : $"i{i % 5}")},2026-01-{(i / 2) + 1:00}\n"));
        string path = _folder["r.html"];
        Tool.Run("compare", "--train", _folder.Write("i.csv", $"user,item,at\n{rows}"), "--algorithms", "popularity,item-knn", "--keep-consumed", "--resamples", "10", "--report", path).Succeeded();

        Assert.Contains(Rows(Page(path), "most-0"), row => row[0] == Evil);
        Assert.DoesNotContain("<script", File.ReadAllText(path), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_calibration_of_a_linear_model_is_drawn_and_adds_up_to_its_error()
    {
        var random = new Random(4);
        string examples = _folder.Write("e.txt", string.Concat(Enumerable.Range(0, 600).Select(_ => Example(random))));
        string model = _folder["m.safetensors"];
        Tool.Run("fit", "--algorithm", "logistic", "--examples", examples, "--out", model).Succeeded();
        string path = _folder["r.html"];
        JsonElement json = Tool.Run("evaluate", "--model", model, "--test", examples, "--report", path, "--json").Succeeded().Json;
        JsonElement[] bins = [.. json.GetProperty("calibration").EnumerateArray()];

        Assert.Equal(600, bins.Sum(bin => bin.GetProperty("examples").GetInt32()));
        double error = bins.Sum(bin => bin.GetProperty("examples").GetInt32() * Math.Abs(bin.GetProperty("probability").GetDouble() - bin.GetProperty("true").GetDouble())) / 600;
        Assert.Equal(json.GetProperty("metrics").GetProperty("ece").GetDouble(), error, 1e-9);
        Assert.Equal(bins.Select(bin => Show(bin.GetProperty("true"))), Rows(Page(path), "calibration").Select(row => row[3]));
        Assert.Equal(bins.Select(bin => Show(bin.GetProperty("probability"))), Rows(Page(path), "calibration").Select(row => row[2]));
    }

    [Fact]
    public void A_page_that_cannot_be_made_is_refused_before_the_work()
    {
        CommandResult over = Tool.Run("compare", "--train", _shop.Interactions, "--algorithms", "popularity,ease", "--report", _shop.Interactions);
        CommandResult nowhere = Tool.Run("evaluate", "--model", _shop.Model, "--test", _shop.Interactions, "--report", Path.Combine(_folder["no"], "r.html"));

        Assert.Equal((2, 5), (over.ExitCode, nowhere.ExitCode));
        Assert.False(File.Exists(_folder["r.html"]));
    }

    private static string Example(Random random)
    {
        double x = (2 * random.NextDouble()) - 1;
        return string.Create(CultureInfo.InvariantCulture, $"{(random.NextDouble() < 1 / (1 + Math.Exp(-3 * x)) ? 1 : -1)} 1:{x:0.0000}\n");
    }

    /// <summary>A page is well-formed, speaks a language, and needs nothing from elsewhere; every picture has a title and a text, and every id is there once.</summary>
    private static XDocument Page(string path)
    {
        string text = File.ReadAllText(path);
        XDocument page = XDocument.Parse(text);
        Assert.StartsWith("<!DOCTYPE html>", text, StringComparison.Ordinal);
        Assert.All(["http:", "https:", "//", "url(", "@import"], outside => Assert.DoesNotContain(outside, text, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe" or "object");
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "href" or "src" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.Equal("en", page.Root!.Attribute("lang")!.Value);
        Assert.Contains("prefers-color-scheme: dark", text, StringComparison.Ordinal);
        string[] ids = [.. page.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(Pictures(page), picture => Assert.All(picture.Attribute("aria-labelledby")!.Value.Split(' '), id => Assert.Single(picture.Descendants(), part => part.Attribute("id")?.Value == id && part.Value.Length > 0)));
        Assert.All(page.Descendants().Where(element => element.Name.LocalName is "polyline" or "circle" or "rect").Attributes(), attribute => Assert.DoesNotContain("NaN", attribute.Value, StringComparison.Ordinal));
        return page;
    }

    private static IEnumerable<XElement> Pictures(XDocument page) => page.Descendants("svg").Where(svg => svg.Attribute("role")?.Value == "img");

    private static string[][] Rows(XDocument page, string id) =>
        [.. page.Descendants("table").Single(table => table.Attribute("id")!.Value == $"{id}-table").Element("tbody")!.Elements("tr").Select(row => row.Elements("td").Select(cell => cell.Value).ToArray())];

    private static IEnumerable<string> Numbers(JsonElement algorithm, string name) => algorithm.GetProperty("curves").GetProperty(name).EnumerateArray().Select(Show);

    private static string Show(JsonElement value) => value.GetDouble().ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Css(XElement element) => element.Attribute("class")!.Value;

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The place of a value between the first tick and the last.</summary>
    private static double At((double Value, double Place)[] ticks, double value) =>
        ticks[0].Place + ((value - ticks[0].Value) / (ticks[^1].Value - ticks[0].Value) * (ticks[^1].Place - ticks[0].Place));
}
