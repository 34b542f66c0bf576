using Microsoft.Extensions.DependencyInjection;

namespace PromoRec.Consumer.Tests;

public sealed class ReasonGuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guide", "reasons.md"));

    [Fact]
    public void The_guide_shows_the_code_that_is_run_here() =>
        Assert.Contains(File.ReadAllText(Path.Combine(Repository.Root, "tests", "PromoRec.Consumer.Tests", "ReasonGuide.cs")).TrimEnd(), Guide, StringComparison.Ordinal);

    [Fact]
    public void The_guide_lists_the_texts_of_every_kind_as_they_are()
    {
        var text = new ReasonText(_ => "X");
        Assert.All(Enum.GetValues<RankReasonKind>(), kind =>
        {
            var reason = new RankReason(kind, default, 0);
            Assert.Contains($"| `{kind}` | {text.Of(reason, "en")} | {text.Of(reason, "zh")} |", Guide, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Its_code_does_what_the_guide_says()
    {
        CatalogSnapshot catalog = new(
            [Offer("a") with { ValidTo = DateTimeOffset.UnixEpoch }, Offer("b") with { ValidTo = TimeProvider.System.GetUtcNow().AddDays(1) }, Offer("c")],
            []);
        ServiceCollection services = new();
        services.AddPromoRec().UseOfferCatalog(new InMemoryOfferCatalog(catalog));
        using ServiceProvider provider = services.BuildServiceProvider();
        IOfferRanker ranker = provider.GetRequiredService<IOfferRanker>();
        RankRequest request = new() { Count = 1 };

        Assert.Equal("left out: NotValidNow", ReasonGuide.ForSupport(ranker, "ann", "a", request));
        Assert.Equal("at place 1", ReasonGuide.ForSupport(ranker, "ann", "b", request));
        Assert.Equal("would be at place 2, 0 behind the last one shown", ReasonGuide.ForSupport(ranker, "ann", "c", request));
        Assert.Equal("not in the catalog", ReasonGuide.ForSupport(ranker, "ann", "d", request));
        Assert.Equal(["即将结束"], ReasonGuide.ForCustomer(ranker.Rank("ann", request)[0], catalog, "zh-CN"));
        Assert.Equal("Weil Sie i1 gekauft haben", new ReasonText(null, ReasonGuide.German).Of(new RankReason(RankReasonKind.BecauseYouBought, "i1", 1), "de-AT"));
    }

    private static Offer Offer(OfferId id) => new() { Id = id, Terms = OfferTerms.FreeShipping, Targets = [OfferTarget.WholeShop] };
}
