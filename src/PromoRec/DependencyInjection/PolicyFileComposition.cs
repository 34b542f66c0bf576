using Microsoft.Extensions.DependencyInjection;
using PromoRec.Push;
using PromoRec.Push.Cooldown;
using PromoRec.Push.FrequencyCap;
using PromoRec.Push.Ledger;
using PromoRec.Push.MinimumGap;
using PromoRec.Push.MinimumScore;
using PromoRec.Push.PolicyFile;

namespace PromoRec.DependencyInjection;

/// <summary>Adds what a policy file says in the ways in which code says it.</summary>
internal static class PolicyFileComposition
{
    public static void Add(PromoRecBuilder builder, PolicyDraft draft)
    {
        builder.AddPush(options => Configure(draft, options));
        if (draft.Ledger is { } ledger)
        {
            builder.Services.Configure<LedgerOptions>(ledger.Configure);
        }

        if (draft.ChangePacks is { } change)
        {
            builder.Services.AddSingleton(new PackChange(change));
        }

        if (draft.Offers is { } offers)
        {
            builder.AddOfferLimits(offers.Configure);
        }

        if (draft.QuietHours is { } quiet)
        {
            builder.AddQuietHours(quiet.Configure);
        }

        AddRules(builder, draft);
    }

    private static void Configure(PolicyDraft draft, PushOptions options)
    {
        draft.Engine?.Configure(options);
        draft.Zone?.Configure(options.Zones);
        draft.Consent?.Configure(options.Consent);
        draft.OptOut?.Configure(options.OptOut);
        draft.Snooze?.Configure(options.Snooze);
        options.Channels.UnionWith(draft.Channels);
    }

    private static void AddRules(PromoRecBuilder builder, PolicyDraft draft)
    {
        foreach (RuleDraft<MinimumScoreOptions> rule in draft.MinimumScores)
        {
            builder.AddMinimumScore(rule.Configure);
        }

        foreach (RuleDraft<CooldownOptions> rule in draft.Cooldowns)
        {
            builder.AddCooldown(rule.Configure);
        }

        if (draft.Duplicates is { } duplicates)
        {
            builder.AddDuplicateSuppression(duplicates.Configure);
        }

        foreach (RuleDraft<FrequencyCapOptions> rule in draft.Caps)
        {
            builder.AddFrequencyCap(rule.Configure);
        }

        foreach (RuleDraft<MinimumGapOptions> rule in draft.Gaps)
        {
            builder.AddMinimumGap(rule.Configure);
        }
    }
}
