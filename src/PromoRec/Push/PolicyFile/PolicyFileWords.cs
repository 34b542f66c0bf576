using PromoRec.Consent.Packs;
using PromoRec.Push.Calendar;
using PromoRec.Push.Consent;
using PromoRec.Push.Cooldown;
using PromoRec.Push.Duplicate;
using PromoRec.Push.FrequencyCap;
using PromoRec.Push.MinimumGap;
using PromoRec.Push.MinimumScore;
using PromoRec.Push.Offers;
using PromoRec.Push.OptOut;
using PromoRec.Push.QuietHours;
using PromoRec.Push.Snooze;

namespace PromoRec.Push.PolicyFile;

/// <summary>Says in words what holds with a policy file, in the order in which the rules are applied.</summary>
internal static class PolicyFileWords
{
    public static IEnumerable<PolicyFileRule> Of(PolicyDraft draft) =>
    [
        .. OfCustomer(draft),
        .. OfOffer(draft),
        .. OfDuplicates(draft),
        .. OfTime(draft),
        .. OfFrequency(draft),
        new PolicyFileRule(PushStage.Channel, string.Empty, "reach", "A push is dropped over a channel that is not known, or on which the customer cannot be reached."),
        .. OfEngine(draft),
    ];

    private static IEnumerable<PolicyFileRule> OfCustomer(PolicyDraft draft)
    {
        yield return new PolicyFileRule(PushStage.Suppression, string.Empty, "suppression", "An erased customer gets nothing, and nothing goes to an address that must not be used.");
        yield return new PolicyFileRule(PushStage.Consent, PathOf(draft.Consent), "consent", ConsentSentences.Of(draft.ChangePacks?.Invoke(JurisdictionPacks.Shipped) ?? JurisdictionPacks.Shipped, draft.Consent?.Options ?? new PushConsentOptions()));
        yield return new PolicyFileRule(
            PushStage.Consent, string.Empty, "permission", "A push over a channel that needs the permission of the customer's device is dropped without it.");
        yield return new PolicyFileRule(PushStage.Preference, PathOf(draft.OptOut), "opt-out", RuleSentences.Of(draft.OptOut?.Options ?? new OptOutOptions()));
        yield return new PolicyFileRule(PushStage.Preference, PathOf(draft.Snooze), "snooze", RuleSentences.Of(draft.Snooze?.Options ?? new SnoozeOptions()));
    }

    private static IEnumerable<PolicyFileRule> OfOffer(PolicyDraft draft)
    {
        OfferLimitOptions offers = draft.Offers?.Options ?? new OfferLimitOptions();
        yield return new PolicyFileRule(PushStage.Eligibility, PathOf(draft.Offers), "offer-limits", RuleSentences.OfLimits(offers));
        yield return new PolicyFileRule(PushStage.Eligibility, PathOf(draft.Offers), "offer-headroom", RuleSentences.OfHeadroom(offers));
        foreach (RuleDraft<MinimumScoreOptions> rule in draft.MinimumScores)
        {
            yield return new PolicyFileRule(PushStage.Eligibility, PathOf(rule), new MinimumScorePolicy(rule.Options).Name, RuleSentences.Of(rule.Options));
        }

        foreach (RuleDraft<CooldownOptions> rule in draft.Cooldowns)
        {
            yield return new PolicyFileRule(PushStage.Eligibility, PathOf(rule), new CooldownPolicy(rule.Options).Name, RuleSentences.Of(rule.Options));
        }
    }

    private static IEnumerable<PolicyFileRule> OfDuplicates(PolicyDraft draft)
    {
        if (draft.Duplicates is not { } duplicates)
        {
            yield break;
        }

        foreach ((DuplicatePolicy policy, (string property, string sentence)) in DuplicatePolicy.Create(duplicates.Options).Zip(RuleSentences.Of(duplicates.Options)))
        {
            yield return new PolicyFileRule(PushStage.Duplicate, PathOf(duplicates.PlaceOf(property)), policy.Name, sentence);
        }
    }

    private static IEnumerable<PolicyFileRule> OfTime(PolicyDraft draft)
    {
        yield return new PolicyFileRule(null, PathOf(draft.Zone), null, RuleSentences.Of(draft.Zone?.Options ?? new ZoneOptions()));
        if (draft.Engine is not { Options.LegalQuietHours: false })
        {
            yield return new PolicyFileRule(
                PushStage.Timing, string.Empty, "legal-quiet-hours", "A promotion waits for the end of the quiet hours that the pack of the customer's country has.");
        }

        if (draft.QuietHours is not { } quiet)
        {
            yield break;
        }

        QuietHoursOptions options = quiet.Options;
        foreach ((string property, string sentence) in QuietWords.Of(options))
        {
            yield return new PolicyFileRule(PushStage.Timing, PathOf(quiet.PlaceOf(property)), new QuietHoursPolicy(options).Name, sentence);
        }
    }

    private static IEnumerable<PolicyFileRule> OfFrequency(PolicyDraft draft)
    {
        foreach ((RuleDraft<FrequencyCapOptions> cap, FrequencyCapPolicy policy) in draft.Caps.Zip(FrequencyCapPolicy.Create(draft.Caps.Select(cap => cap.Options))))
        {
            yield return new PolicyFileRule(PushStage.Frequency, PathOf(cap), policy.Name, RuleSentences.Of(cap.Options));
        }

        foreach (RuleDraft<MinimumGapOptions> gap in draft.Gaps)
        {
            yield return new PolicyFileRule(PushStage.Frequency, PathOf(gap), new MinimumGapPolicy(gap.Options).Name, RuleSentences.Of(gap.Options));
        }
    }

    private static IEnumerable<PolicyFileRule> OfEngine(PolicyDraft draft)
    {
        if (draft.Engine is { } engine)
        {
            yield return new PolicyFileRule(null, PathOf(engine), null, RuleSentences.Of(engine.Options));
        }

        if (draft.Ledger is { } ledger)
        {
            yield return new PolicyFileRule(null, PathOf(ledger), null, $"The ledger remembers what was sent for {Phrases.Duration(ledger.Options.Retention)}.");
        }
    }

    private static string PathOf<TOptions>(RuleDraft<TOptions>? rule)
        where TOptions : class, new() => rule is null ? string.Empty : PathOf(rule.Node);

    private static string PathOf(LocatedJson node) => node.Path[2..];
}
