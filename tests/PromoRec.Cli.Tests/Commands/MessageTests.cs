using System.Globalization;
using System.Text;

namespace PromoRec.Cli.Tests.Commands;

/// <summary>What goes wrong is said in words of the command line, not of the library.</summary>
public sealed class MessageTests(SimulatedShop shop) : IClassFixture<SimulatedShop>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_of_another_kind_is_met_with_the_command_that_takes_it()
    {
        string linear = _folder["linear"];
        string neighbours = _folder["neighbours"];
        Tool.Run("fit", "--algorithm", "logistic", "--examples", _folder.Write("e", "1 1:1 2:1\n-1 1:2\n1 2:1\n-1 1:1\n"), "--out", linear).Succeeded();
        Tool.Run("fit", "--interactions", shop.Interactions, "--algorithm", "item-knn", "--out", neighbours).Succeeded();

        Tool.Run("rank", "--model", linear, "--user", "u").FailedWith(ExitCode.BadModel, "Name it to 'promorec evaluate' with --model.");
        AssertNoApi(Tool.Run("fit", "--interactions", shop.Interactions, "--warm-start", neighbours, "--out", _folder["m"]).FailedWith(ExitCode.BadModel, "--algorithm als"));
    }

    [Fact]
    public void A_file_that_is_no_model_is_said_to_be_none_that_fit_wrote() =>
        AssertNoApi(Tool.Run("rank", "--model", shop.Offers, "--user", "u").FailedWith(ExitCode.BadModel, "name a file that 'promorec fit' wrote"));

    [Fact]
    public void Weights_that_would_grow_for_ever_are_held_by_an_option() =>
        AssertNoApi(Tool.Run("fit", "--algorithm", "logistic", "--l2", "0", "--examples", _folder.Write("e", "1 1:1\n-1 1:-1\n"), "--out", _folder["m"]).FailedWith(ExitCode.BadInput, "Set --l2 (or --l1) above 0."));

    [Theory]
    [InlineData("--similarity", "dot-product")]
    [InlineData("--similarity", "cosine")]
    [InlineData("--algorithm", "ease", "--keep-values")]
    public void Values_too_large_to_learn_from_are_refused_and_no_model_is_left(params string[] options)
    {
        var text = new StringBuilder("user,item,kind,value\n");
        for (int i = 0; i < 60; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"u{i % 11},i{i % 7},purchase,{(i % 3 == 0 ? "-" : string.Empty)}1e30");
        }

        string[] algorithm = options[0] == "--algorithm" ? options : ["--algorithm", "item-knn", .. options];
        AssertNoApi(Tool.Run(["fit", "--interactions", _folder.Write("i.csv", text.ToString()), .. algorithm, "--out", _folder["m"]]).FailedWith(ExitCode.BadInput, "too large"));
        Assert.False(File.Exists(_folder["m"]));
    }

    private static void AssertNoApi(CommandResult result) => Assert.DoesNotMatch(@"\b(LinearModel|FactorModel|RecommendationModel|\w+Options)\b", result.Error);
}
