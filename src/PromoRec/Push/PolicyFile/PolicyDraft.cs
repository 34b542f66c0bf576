using System.Collections.Immutable;
using PromoRec.Consent.Packs;
using PromoRec.Push.Calendar;
using PromoRec.Push.Consent;
using PromoRec.Push.Cooldown;
using PromoRec.Push.Duplicate;
using PromoRec.Push.FrequencyCap;
using PromoRec.Push.Ledger;
using PromoRec.Push.MinimumGap;
using PromoRec.Push.MinimumScore;
using PromoRec.Push.Offers;
using PromoRec.Push.OptOut;
using PromoRec.Push.QuietHours;
using PromoRec.Push.Snooze;

namespace PromoRec.Push.PolicyFile;

/// <summary>The rules of a policy file, section by section; what the file does not have is null or empty.</summary>
internal sealed class PolicyDraft
{
    /// <summary>The host's own channels.</summary>
    public ImmutableArray<ChannelId> Channels { get; set; } = [];

    public RuleDraft<PushOptions>? Engine { get; set; }

    public RuleDraft<ZoneOptions>? Zone { get; set; }

    public RuleDraft<LedgerOptions>? Ledger { get; set; }

    public RuleDraft<QuietHoursOptions>? QuietHours { get; set; }

    public RuleDraft<PushConsentOptions>? Consent { get; set; }

    /// <summary>Changes the jurisdiction packs as the file says; null where it leaves them as they are.</summary>
    public Func<JurisdictionPacks, JurisdictionPacks>? ChangePacks { get; set; }

    public RuleDraft<OptOutOptions>? OptOut { get; set; }

    public RuleDraft<SnoozeOptions>? Snooze { get; set; }

    public RuleDraft<OfferLimitOptions>? Offers { get; set; }

    public ImmutableArray<RuleDraft<MinimumScoreOptions>> MinimumScores { get; set; } = [];

    public ImmutableArray<RuleDraft<CooldownOptions>> Cooldowns { get; set; } = [];

    public RuleDraft<DuplicateOptions>? Duplicates { get; set; }

    public ImmutableArray<RuleDraft<FrequencyCapOptions>> Caps { get; set; } = [];

    public ImmutableArray<RuleDraft<MinimumGapOptions>> Gaps { get; set; } = [];

    /// <summary>The rules that there can be several of, with the names of their policies.</summary>
    public IEnumerable<(LocatedJson Node, string Name)> Names() =>
    [
        .. MinimumScores.Select(rule => (rule.Node, new MinimumScorePolicy(rule.Options).Name)),
        .. Cooldowns.Select(rule => (rule.Node, new CooldownPolicy(rule.Options).Name)),
        .. Caps.Zip(FrequencyCapPolicy.Create(Caps.Select(cap => cap.Options)), (cap, policy) => (cap.Node, policy.Name)),
        .. Gaps.Select(rule => (rule.Node, new MinimumGapPolicy(rule.Options).Name)),
    ];
}
