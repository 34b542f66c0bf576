namespace PromoRec.Consumer.Tests;

internal static class ReasonGuide
{
    /// <summary>What a customer reads beside an offer.</summary>
    public static string[] ForCustomer(RankedOffer ranked, CatalogSnapshot catalog, string language)
    {
        ReasonText text = ReasonText.For(catalog); // make it once for a catalog: items are called by their text
        return text.Of(ranked.Reasons, language);  // "en-GB", "zh-CN", or CultureInfo.CurrentUICulture
    }

    /// <summary>What the shop's support reads: why a customer does, or does not, see an offer.</summary>
    public static string ForSupport(IOfferRanker ranker, UserId customer, OfferId offer, RankRequest request)
    {
        OfferExplanation why = ranker.Explain(customer, offer, request);
        return why.Stage switch
        {
            OfferStage.Returned => $"at place {why.Place}",
            OfferStage.Outscored => $"would be at place {why.Place}, {why.Deficit} behind the last one shown",
            OfferStage.NotNamed => "no part of the hybrid named it: " + string.Join(", ", why.Sources.Select(source => $"{source.Name} has it at {source.Rank} and names {source.Quota}")),
            OfferStage.LeftOut => $"left out: {why.Exclusion}",
            OfferStage.Reranked => why.Limit is { } limit ? $"held back: {limit.Most} of {limit.Name} have places already" : $"would be at place {why.Place}, but re-ranking gave that to another",
            _ => "not in the catalog",
        };
    }

    /// <summary>A language of the host's own: a phrase for every kind.</summary>
    public static ReasonLanguage German { get; } = new("de", new Dictionary<RankReasonKind, string>
    {
        [RankReasonKind.None] = "Für Sie empfohlen",
        [RankReasonKind.BecauseYouLiked] = "Weil Ihnen {name} gefällt",
        [RankReasonKind.Popular] = "Bei unseren Kunden beliebt",
        [RankReasonKind.EndingSoon] = "Endet bald",
        [RankReasonKind.BecauseYouBought] = "Weil Sie {name} gekauft haben",
        [RankReasonKind.PeopleLikeYou] = "Kunden wie Sie haben das gewählt",
        [RankReasonKind.MatchesYourInterest] = "Passt zu Ihrem Interesse an {name}",
        [RankReasonKind.PopularInYourArea] = "In Ihrer Gegend beliebt",
        [RankReasonKind.New] = "Neu",
        [RankReasonKind.Signal] = "Passt gut zu Ihnen",
    });
}
