using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PromoRec.Cli.Tests.Commands;

/// <summary>Linear models from files of examples: learnt, measured, explained, looked at, and refused where they must be.</summary>
public sealed class LinearTests : IDisposable
{
    private const string Features = """
        {
          "label": "clicked",
          "weight": "copies",
          "hashBits": 8,
          "fields": [
            { "name": "price", "kind": "number", "center": 50, "scale": 25 },
            { "name": "price range", "kind": "buckets", "column": "price", "boundaries": [20, 80] },
            { "name": "device", "kind": "categories", "values": ["ios", "android"] },
            { "name": "brand", "kind": "hashed" },
            { "name": "brand x device", "kind": "cross", "of": ["brand", "device"] }
          ]
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A9a_has_its_objective_and_figures_on_the_command_line()
    {
        string train = TestData.Require("a9a/train.libsvm.gz");
        string test = TestData.Require("a9a/test.libsvm.gz");
        string model = _folder["m"];

        JsonElement fit = Tool.Run("fit", "--algorithm", "logistic", "--examples", train, "--c", "0.1", "--out", model, "--json").Succeeded().Json;
        JsonElement report = Tool.Run("evaluate", "--model", model, "--test", test, "--json").Succeeded().Json;

        Assert.Equal((32_561, 123, true), (fit.GetProperty("examples").GetInt32(), fit.GetProperty("columns").GetInt32(), fit.GetProperty("converged").GetBoolean()));
        Assert.Equal(1064.0135, fit.GetProperty("objective").GetDouble(), 1e-3);
        Assert.Equal(16_281, report.GetProperty("examples").GetInt32());
        JsonElement metrics = report.GetProperty("metrics");
        Assert.Equal(0.902513, metrics.GetProperty("auc").GetDouble(), 2e-6);
        Assert.Equal(0.323696, metrics.GetProperty("log-loss").GetDouble(), 2e-6);
        Assert.Equal(0.850316, metrics.GetProperty("accuracy").GetDouble(), 1e-4);
        Assert.InRange(metrics.GetProperty("ece").GetDouble(), 0.001, 0.02);
    }

    [Fact]
    public void A_table_is_learnt_from_and_its_scores_are_explained()
    {
        string features = _folder.Write("features.json", Features);
        string train = _folder.Write("train.csv", Table(600, seed: 1));
        string test = _folder.Write("test.csv", Table(400, seed: 2));
        string model = _folder["m"];

        CommandResult fit = Tool.Run("fit", "--algorithm", "logistic", "--examples", train, "--features", features, "--out", model).Succeeded();
        JsonElement report = Tool.Run("evaluate", "--model", model, "--test", test, "--features", features, "--explain", "2", "--bins", "5", "--json").Succeeded().Json;
        string text = Tool.Run("evaluate", "--model", model, "--test", test, "--features", features, "--explain", "1").Succeeded().Output;
        CommandResult inspected = Tool.Run("inspect", model).Succeeded();

        Assert.Contains("logistic, 5 fields, 263 columns", fit.Output, StringComparison.Ordinal);
        Assert.InRange(report.GetProperty("metrics").GetProperty("auc").GetDouble(), 0.75, 1);
        Assert.InRange(report.GetProperty("metrics").GetProperty("log-loss").GetDouble(), 0.1, 0.6);
        Assert.Equal((5, 2), (report.GetProperty("bins").GetInt32(), report.GetProperty("explanations").GetArrayLength()));
        JsonElement first = report.GetProperty("explanations")[0];
        double[] parts = [.. first.GetProperty("contributions").EnumerateArray().Select(one => one.GetProperty("contribution").GetDouble())];
        Assert.Equal(2, first.GetProperty("line").GetInt64());
        Assert.Equal(first.GetProperty("score").GetDouble(), first.GetProperty("intercept").GetDouble() + parts.Sum() + first.GetProperty("rest").GetDouble(), 1e-9);
        Assert.Equal(parts.OrderByDescending(Math.Abs), parts);
        Assert.Contains(first.GetProperty("contributions").EnumerateArray(), one => one.GetProperty("feature").GetString()!.StartsWith("brand=", StringComparison.Ordinal));
        Assert.Contains("ece (10 bins)", text, StringComparison.Ordinal);
        Assert.Contains("Line 2: label", text, StringComparison.Ordinal);
        Assert.Contains("(all others)", text, StringComparison.Ordinal);
        Assert.Contains("Features: 263 columns; price (number), price range (buckets), device (categories), brand (hashed), brand x device (cross)", inspected.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_lines_and_weights_say_what_repeated_rows_say()
    {
        string features = _folder.Write("features.json", Features);
        string csv = _folder.Write("t.csv", "clicked,price,device,brand,copies,ignored\n1,10,ios,a|b,2,x\n0,90,android,a,1,y\nno,,web,,0,z\nyes,20,ios,c,,z\n");
        string json = _folder.Write("t.jsonl", """
            {"clicked":true,"price":10,"device":"ios","brand":["a","b"]}
            {"clicked":"+1","price":"10","device":"ios","brand":"b|a","other":7}
            {"clicked":-1,"price":90,"device":"android","brand":"a"}
            {"clicked":1,"price":20,"device":"ios","brand":"c","copies":null}
            """);

        JsonElement one = Fit(csv);
        JsonElement other = Fit(json);

        Assert.Equal((4, 4), (one.GetProperty("examples").GetInt32(), other.GetProperty("examples").GetInt32()));
        Assert.Equal(one.GetProperty("objective").GetDouble(), other.GetProperty("objective").GetDouble(), 1e-9);
        Assert.Equal(one.GetProperty("intercept").GetDouble(), other.GetProperty("intercept").GetDouble(), 1e-6);

        JsonElement Fit(string path) => Tool.Run("fit", "--algorithm", "logistic", "--examples", path, "--features", features, "--out", _folder["m"], "--json").Succeeded().Json;
    }

    [Theory]
    [InlineData("logistic", "logistic", 0.45)]
    [InlineData("logistic", "logistic", 0.45, "--online")]
    [InlineData("logistic", "logistic", 0.45, "--l1", "1", "--l2", "0", "--c", "0.5")]
    [InlineData("logistic", "logistic", 0.6, "--calibrate", "isotonic")]
    [InlineData("svm", "hinge", null)]
    [InlineData("svm", "squared-hinge", null, "--squared-hinge")]
    [InlineData("svm", "hinge", 0.45, "--calibrate", "platt", "--no-intercept")]
    [InlineData("svm", "hinge", null, "--online", "--ftrl-alpha", "0.2", "--ftrl-beta", "2", "--l2", "0.1")]
    public void Every_classifier_learns_what_its_options_say(string algorithm, string loss, double? mostLogLoss, params string[] options)
    {
        string train = _folder.Write("train", Libsvm(2000, seed: 1, regression: false));
        string test = _folder.Write("test", Libsvm(2000, seed: 2, regression: false));

        JsonElement fit = Tool.Run(["fit", "--algorithm", algorithm, "--examples", train, "--out", _folder["m"], "--json", .. options]).Succeeded().Json;
        JsonElement metrics = Tool.Run("evaluate", "--model", _folder["m"], "--test", test, "--json").Succeeded().Json.GetProperty("metrics");

        Assert.Equal(loss, fit.GetProperty("loss").GetString());
        Assert.Equal(options.Contains("--calibrate") ? (1600, 400) : (2000, 0), (fit.GetProperty("examples").GetInt32(), fit.GetProperty("calibrationExamples").GetInt32()));
        Assert.Equal(options.Contains("--online") ? "linear-ftrl" : "linear", fit.GetProperty("algorithm").GetString());
        Assert.True(metrics.GetProperty("accuracy").GetDouble() > 0.8);
        Assert.True(metrics.GetProperty("auc").GetDouble() > 0.88);
        Assert.Equal(mostLogLoss is null, metrics.GetProperty("log-loss").ValueKind == JsonValueKind.Null);
        if (mostLogLoss is { } most)
        {
            // Isotonic regression may be certain, and a wrong certainty costs much.
            Assert.InRange(metrics.GetProperty("log-loss").GetDouble(), 0.2, most);
            Assert.InRange(metrics.GetProperty("ece").GetDouble(), 0, 0.06);
        }
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("ridge", "--l2", "0.5")]
    public void Numbers_are_predicted(string algorithm, params string[] options)
    {
        string train = _folder.Write("train", Libsvm(500, seed: 1, regression: true));
        string test = _folder.Write("test", Libsvm(500, seed: 2, regression: true));

        Tool.Run(["fit", "--algorithm", algorithm, "--examples", train, "--out", _folder["m"], .. options]).Succeeded();
        JsonElement metrics = Tool.Run("evaluate", "--model", _folder["m"], "--test", test, "--json").Succeeded().Json.GetProperty("metrics");

        // The noise has a standard deviation of 1.
        Assert.InRange(metrics.GetProperty("rmse").GetDouble(), 0.9, 1.1);
        Assert.InRange(metrics.GetProperty("mae").GetDouble(), 0.7, 0.9);
    }

    [Theory]
    [InlineData("error: Option '--interactions' is required.", "--algorithm", "als")]
    [InlineData("error: Option '--examples' is required.", "--algorithm", "logistic")]
    [InlineData("--interactions has no effect on a linear model, which learns from --examples. Leave it out.", "--algorithm", "svm", "--examples", "x", "--interactions", "y")]
    [InlineData("--half-life has no effect on a linear model", "--algorithm", "svm", "--examples", "x", "--half-life", "3")]
    [InlineData("--examples has no effect without --algorithm logistic, linear, ridge or svm. Leave it out.", "--examples", "x")]
    [InlineData("--factors has no effect with --algorithm logistic. Leave it out.", "--algorithm", "logistic", "--examples", "x", "--factors", "3")]
    [InlineData("--c has no effect with --algorithm als. Leave it out.", "--interactions", "x", "--c", "3")]
    [InlineData("--squared-hinge has an effect only with --algorithm svm. Leave it out.", "--algorithm", "logistic", "--examples", "x", "--squared-hinge")]
    [InlineData("--ftrl-alpha has an effect only with --online. Leave it out.", "--algorithm", "logistic", "--examples", "x", "--ftrl-alpha", "1")]
    [InlineData("--c has an effect only with --algorithm logistic without --online. Leave it out.", "--algorithm", "logistic", "--examples", "x", "--online", "--c", "1")]
    [InlineData("--calibrate has an effect only with --algorithm logistic or svm", "--algorithm", "ridge", "--examples", "x", "--calibrate", "platt")]
    [InlineData("--l1 must be 0 with the hinge loss", "--algorithm", "svm", "--examples", "x", "--l1", "1")]
    [InlineData("--l2 must be above 0 with the hinge loss", "--algorithm", "svm", "--examples", "x", "--l2", "0")]
    public void Options_that_do_not_fit_are_refused(string expected, params string[] args)
    {
        CommandResult result = Tool.Run(["fit", .. args, "--out", _folder["m"]]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("line 2: 'maybe' is no label. Expected 1, +1, true or yes, or 0, -1, false or no.", "+1 1:1\nmaybe 1:1\n")]
    [InlineData("line 1: 'clicked,price' is no label. Expected 1, +1, true or yes, or 0, -1, false or no; a table needs --features FILE.", "clicked,price\n1,2\n")]
    [InlineData("line 1: '0:1' is not a feature. Expected INDEX:VALUE with an index from 1 and a finite number.", "+1 0:1\n")]
    [InlineData("line 1: '3:NaN' is not a feature.", "+1 3:NaN\n")]
    [InlineData("line 1: '3' is not a feature.", "+1 3\n")]
    [InlineData("line 2: index 2 comes after 2, but indices ascend.", "+1 1:1 # a comment\n-1 2:1 2:2\n")]
    [InlineData("line 1: index 1000001 is above 1,000,000; put such features into a table", "+1 1000001:1\n")]
    [InlineData("there is no feature in the file.", "+1\n-1\n")]
    [InlineData("All 2 examples with a weight above 0 have the label false.", "-1 1:1\n0 2:1\n")]
    [InlineData("The features tell true from false examples without an error, so without a penalty the weights would grow for ever.", "-1 1:-1\n1 1:1\n", "--l2", "0")]
    public void Examples_that_cannot_be_used_are_refused_with_their_place(string expected, string text, params string[] options)
    {
        string path = _folder.Write("e", text);

        Tool.Run(["fit", "--algorithm", "logistic", "--examples", path, "--out", _folder["m"], .. options]).FailedWith(ExitCode.BadInput, expected);
        Assert.False(File.Exists(_folder["m"]));
    }

    [Fact]
    public void Bad_rows_are_left_out_on_request_and_leave_nothing_behind()
    {
        string good = _folder.Write("good", "1 1:1 2:1\n0 2:1\n1 1:2\n0 3:1\n");
        string bad = _folder.Write("bad", "1 1:1 2:1\n0 2:1\n1 2:5 9:oops\n1 1:2\n\n0 3:1\nwhat 1:1\n");

        CommandResult with = Tool.Run("fit", "--algorithm", "logistic", "--examples", bad, "--skip-bad", "2", "--out", _folder["b"], "--json").Succeeded();
        Tool.Run("fit", "--algorithm", "logistic", "--examples", good, "--out", _folder["g"]).Succeeded();

        Assert.Contains("warning: left out:", with.Error, StringComparison.Ordinal);
        Assert.Equal(2, with.Json.GetProperty("badRows").GetInt32());
        Assert.Equal(File.ReadAllBytes(_folder["g"]), File.ReadAllBytes(_folder["b"]));
    }

    [Theory]
    [InlineData(""" { "label": "y" } """, ":1:2: $ has no 'fields', which every features file needs.")]
    [InlineData(""" { "fields": [], "labl": "y" } """, ":1:18: $.labl is not known here; allowed are 'label', 'weight', 'hashBits', 'fields'; did you mean 'label'?")]
    [InlineData(""" { "label": "y", "fields": [] } """, "$.fields cannot be used: The schema declares no field.")]
    [InlineData("{ \"label\": \"y\", \"fields\": [\n { \"name\": \"a\", \"kind\": \"nummer\" } ] }", ":2:25: $.fields[0].kind is 'nummer', but must be one of 'number', 'buckets', 'categories', 'hashed', 'cross'; did you mean 'number'?")]
    [InlineData("{ \"label\": \"y\", \"fields\": [\n { \"name\": \"a\", \"kind\": \"number\", \"scale\": 0 } ] }", ":2:2: $.fields[0] cannot be used: The number 'a' has center 0 and scale 0; both must be finite, and the scale not 0.")]
    [InlineData("{ \"label\": \"y\", \"fields\": [\n { \"name\": \"a\", \"kind\": \"hashed\", \"of\": [] } ] }", "$.fields[0].of is not known here; allowed are 'name', 'kind', 'column'.")]
    [InlineData("{ \"label\": \"y\", \"fields\": [ { \"name\": \"a\", \"kind\": \"buckets\", \"boundaries\": [1, \"two\"] } ] }", "$.fields[0].boundaries[1] is 'two', but must be a number.")]
    [InlineData("{ \"label\": \"y\", \"fields\": [ { \"name\": \"a\", \"kind\": \"cross\", \"of\": [\"b\", \"c\"] } ] }", "The cross 'a' names 'b', which is no field declared before it.")]
    [InlineData("{ \"label\": \"y\", \"fields\": [ { \"kind\": \"hashed\" }, 7 ], }", "$.fields[1] is 7, but must be a field: an object with 'name' and 'kind'.")]
    [InlineData("{ \"label\": ", "is not JSON: it ends here")]
    public void Faults_of_a_features_file_are_told_with_their_places(string json, string expected)
    {
        string features = _folder.Write("f.json", json);
        string path = _folder.Write("t.csv", "y,a\n1,2\n0,1\n");

        CommandResult result = Tool.Run("fit", "--algorithm", "logistic", "--examples", path, "--features", features, "--out", _folder["m"]);

        result.FailedWith(ExitCode.BadInput, "these are no features to learn from:");
        Assert.Contains($"{features}:", result.Error, StringComparison.Ordinal);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t.csv, line 1: the header has no column 'brand', which the features file names.", "clicked,price,device,copies\n1,2,ios,1\n")]
    [InlineData("t.csv, line 3, column 'price': 'cheap' is not a number", "clicked,price,device,brand,copies\n1,2,ios,a,1\n0,cheap,ios,a,1\n")]
    [InlineData("t.csv, line 2, column 'price': 1e300 is too large for the field 'price' with its center and scale.", "clicked,price,device,brand,copies\n1,1e300,ios,a,1\n")]
    [InlineData("t.csv, line 2, column 'clicked': '2' is no label.", "clicked,price,device,brand,copies\n2,3,ios,a,1\n")]
    [InlineData("t.csv, line 2, column 'clicked': '' is no label.", "clicked,price,device,brand,copies\n,3,ios,a,1\n")]
    [InlineData("t.csv, line 2, column 'copies': '-1' is not a number from 0", "clicked,price,device,brand,copies\n1,3,ios,a,-1\n")]
    [InlineData("None of the 0 examples has a weight above 0.", "clicked,price,device,brand,copies\n")]
    public void Tables_that_cannot_be_used_are_refused_with_their_place(string expected, string text)
    {
        string features = _folder.Write("features.json", Features);

        Tool.Run("fit", "--algorithm", "logistic", "--examples", _folder.Write("t.csv", text), "--features", features, "--out", _folder["m"]).FailedWith(ExitCode.BadInput, expected);
    }

    [Fact]
    public void A_model_meets_files_that_it_was_not_made_for()
    {
        string features = _folder.Write("features.json", Features);
        string drifted = _folder.Write("drifted.json", Features.Replace("[20, 80]", "[20, 90]", StringComparison.Ordinal));
        string table = _folder.Write("t.csv", Table(100, seed: 1));
        string libsvm = _folder.Write("l", "1 1:1\n0 2:1\n");
        Tool.Run("fit", "--algorithm", "logistic", "--examples", table, "--features", features, "--out", _folder["table"]).Succeeded();
        Tool.Run("fit", "--algorithm", "logistic", "--examples", libsvm, "--out", _folder["libsvm"]).Succeeded();

        Tool.Run("evaluate", "--model", _folder["table"], "--test", table, "--features", drifted).FailedWith(ExitCode.BadInput, "'price range' is declared otherwise");
        Tool.Run("evaluate", "--model", _folder["table"], "--test", table).FailedWith(ExitCode.Usage, "the model was trained on a table, so --features FILE must say what the columns of the test file mean.");
        Tool.Run("evaluate", "--model", _folder["libsvm"], "--test", _folder.Write("more", "1 1:1 7:1\n")).FailedWith(ExitCode.BadInput, "line 1: the model knows the features 1 to 2, but not 7.");
        Tool.Run("evaluate", "--model", _folder["libsvm"], "--test", _folder.Write("none", "# nothing\n")).FailedWith(ExitCode.BadInput, "there are no examples in the file.");
        Tool.Run("evaluate", "--model", _folder["libsvm"], "--test", libsvm, "--metrics", "hr@10").FailedWith(ExitCode.Usage, "--metrics has no effect with a linear model. Leave it out.");
        Tool.Run("evaluate", "--train", "x", "--test", libsvm, "--algorithm", "logistic").FailedWith(ExitCode.Usage, "--algorithm logistic learns from examples with a label: use 'promorec fit --examples FILE'");
        Tool.Run("evaluate", "--train", "x", "--test", libsvm, "--bins", "5").FailedWith(ExitCode.Usage, "--bins has an effect only with a linear model. Leave it out.");
        Tool.Run("rank", "--model", _folder["libsvm"], "--user", "1").FailedWith(ExitCode.BadModel, "this file holds a linear model, which scores features and ranks no items");
        JsonElement one = Tool.Run("evaluate", "--model", _folder["libsvm"], "--test", _folder.Write("one", "1 1:1\n"), "--json").Succeeded().Json;
        Assert.Equal(JsonValueKind.Null, one.GetProperty("metrics").GetProperty("auc").ValueKind);
    }

    private static string Table(int rows, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("clicked,price,device,brand,copies\n");
        for (int row = 0; row < rows; row++)
        {
            int price = random.Next(1, 120);
            int device = random.Next(3);
            int brand = random.Next(5);
            double score = ((50 - price) / 25.0) + device - 1 + (brand == device ? 1.5 : -0.5);
            text.Append(CultureInfo.InvariantCulture, $"{(random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? 1 : 0)},{price},{new[] { "ios", "android", "web" }[device]},b{brand},\n");
        }

        return text.ToString();
    }

    private static string Libsvm(int rows, int seed, bool regression)
    {
        double[] truth = [2, -1.5, 1, 0, 0];
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int row = 0; row < rows; row++)
        {
            double[] x = [.. truth.Select(_ => Gaussian())];
            double score = 0.3 + x.Zip(truth).Sum(pair => pair.First * pair.Second);
            text.Append(CultureInfo.InvariantCulture, $"{(regression ? score + Gaussian() : random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? 1 : -1)}");
            for (int i = 0; i < x.Length; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $" {i + 1}:{x[i]:R}");
            }

            text.Append('\n');
        }

        return text.ToString();

        double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
