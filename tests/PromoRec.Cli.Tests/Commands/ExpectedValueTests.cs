using System.Globalization;
using System.Text.Json;
using PromoRec.Evaluation;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Tuning;

namespace PromoRec.Cli.Tests.Commands;

public sealed class ExpectedValueTests(SimulatedShop shop) : IClassFixture<SimulatedShop>, IDisposable
{
    private const int OfferCount = 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_stacked_hybrid_puts_offers_in_order_by_probability_times_margin_less_cost()
    {
        // The worse an offer's score, the more it is worth: nothing but the expected value puts them in this order.
        string[] args = ["rank", "--model", Stacked(), "--user", "c000001", "--keep-consumed", "--offers"];
        string plain = Offers("id,form,value,targets", (_, line) => line);
        JsonElement[] byScore = Ranking([.. args, plain, "--json"]);
        string[] worst = [.. byScore.Select(entry => entry.GetProperty("offer").GetString()!).Reverse()];
        string priced = Offers("id,form,value,targets,margin,cost", (offer, line) => string.Create(CultureInfo.InvariantCulture, $"{line},{Math.Pow(100, 1 + OfferCount - Array.IndexOf(worst, offer))},0.5"));

        JsonElement[] byValue = Ranking([.. args, priced, "--expected-value", "--json"]);
        string text = Tool.Run([.. args, priced, "--expected-value"]).Succeeded().Output;
        JsonElement why = Tool.Run([.. args, priced, "--expected-value", "--top", "1", "--why", worst[1], "--json"]).Succeeded().Json;

        Assert.Equal(OfferCount, worst.Length);
        Assert.Equal(worst, byValue.Select(entry => entry.GetProperty("offer").GetString()));
        Assert.All(byValue, entry => Assert.Equal(
            (entry.GetProperty("probability").GetSingle() * Math.Pow(100, 1 + OfferCount - Array.IndexOf(worst, entry.GetProperty("offer").GetString()))) - 0.5, entry.GetProperty("expectedValue").GetDouble(), entry.GetProperty("expectedValue").GetDouble() * 1e-5));
        Assert.All(byScore, entry => Assert.False(entry.TryGetProperty("expectedValue", out _)));
        Assert.Equal(worst.Reverse(), Ranking([.. args, priced, "--json"]).Select(entry => entry.GetProperty("offer").GetString()));
        Assert.Matches("place +offer +score +probability +value", text);
        Assert.Equal(("outscored", 2), (why.GetProperty("stage").GetString(), why.GetProperty("place").GetInt32()));
        Assert.Equal(why.GetProperty("lastExpectedValue").GetSingle() - why.GetProperty("expectedValue").GetSingle(), why.GetProperty("deficit").GetSingle());
        Assert.Contains("Not returned: its expected value ", Tool.Run([.. args, priced, "--expected-value", "--top", "1", "--why", worst[1]]).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Expected_values_are_refused_where_nothing_gives_them()
    {
        string[] args = ["rank", "--user", "c000001", "--expected-value", "--model"];
        string plain = Offers("id,form,value,targets", (_, line) => line);
        string priced = Offers("id,form,value,targets,margin", (_, line) => $"{line},1");

        Tool.Run([.. args, shop.Model]).FailedWith(ExitCode.Usage, "--expected-value has no effect without --offers.");
        Tool.Run([.. args, shop.Model, "--offers", plain]).FailedWith(ExitCode.Usage, "--expected-value has nothing to go by, because no offer has a margin.");
        Tool.Run([.. args, shop.Model, "--offers", priced]).FailedWith(ExitCode.Usage, "--expected-value takes the probabilities of a stacked hybrid, and this model gives none.");
    }

    [Fact]
    public void A_stack_is_refused_under_another_exponent_than_it_was_learnt_with() =>
        Tool.Run("rank", "--model", Stacked(), "--user", "c000001", "--offers", Offers("id,form,value,targets", (_, line) => line), "--target-size-exponent", "0.5").FailedWith(
            ExitCode.Usage, "was stacked with the --target-size-exponent 0.25, but --target-size-exponent is 0.5: scores and probabilities would not be those that were learnt. Set 0.25 here, or stack again with that.");

    private static JsonElement[] Ranking(string[] args) => [.. Tool.Run(args).Succeeded().Json.GetProperty("ranking").EnumerateArray()];

    private string Offers(string header, Func<string, string, string> rowOf) =>
        _folder.Write($"{Guid.NewGuid():N}.csv", string.Join('\n', Enumerable.Range(1, OfferCount).Select(i => rowOf($"o{i}", $"o{i},cash-off,1,item:i0000{i}")).Prepend(header)) + "\n");

    /// <summary>The shop's model, stacked alone on what some customers took.</summary>
    private string Stacked()
    {
        HybridMember[] members = [new("als", RecommendationModel.Load(shop.Model))];
        Offer[] offers = [.. Enumerable.Range(1, OfferCount).Select(i => new Offer { Id = $"o{i}", Terms = OfferTerms.CashOff(1), Targets = [OfferTarget.Item($"i0000{i}")] })];
        UserOffer[] taken = [.. Enumerable.Range(1, 40).Select(i => new UserOffer($"c{i:000000}", $"o{1 + (i % OfferCount)}"))];
        var occasion = new OfferOccasion(HybridModel.Of(members), new CatalogSnapshot(offers, []), taken, new DateTimeOffset(2026, 3, 10, 0, 0, 0, TimeSpan.Zero));
        HybridModel.Stacked(members, new OfferStackingTrainer().Train([occasion], cancellationToken: TestContext.Current.CancellationToken)).Save(_folder["stacked"]);
        return _folder["stacked"];
    }
}
