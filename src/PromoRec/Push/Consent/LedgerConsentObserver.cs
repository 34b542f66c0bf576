using System.Collections.Immutable;
using PromoRec.Consent;
using PromoRec.Consent.Packs;
using PromoRec.Push.Ledger;
using PromoRec.Push.OptOut;

namespace PromoRec.Push.Consent;

/// <summary>Takes back the places of messages that a customer no longer wants, before the call returns with which the customer said so.</summary>
/// <remarks>
/// A refusal takes back promotions of its channel and topic. What it takes back of transactional messages is what policies would drop from now on: those of a
/// topic that was left, and those of channels where the jurisdiction says so; where the refusal names no jurisdiction, those of channels where any says so. A
/// suppression takes back everything. Messages whose handing over has begun are not taken back.
/// </remarks>
public sealed class LedgerConsentObserver : IConsentObserver
{
    private readonly IReservationLedger _ledger;
    private readonly JurisdictionPacks _packs;
    private readonly bool _includesTransactional;

    /// <summary>Creates the observer.</summary>
    /// <param name="ledger">The ledger that holds places.</param>
    /// <param name="packs">The rules of jurisdictions.</param>
    /// <param name="options">What leaving a topic holds back; the defaults when null. Later changes to it have no effect.</param>
    public LedgerConsentObserver(IReservationLedger ledger, JurisdictionPacks packs, OptOutOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(packs);
        _ledger = ledger;
        _packs = packs;
        _includesTransactional = (options ?? new OptOutOptions()).IncludesTransactional;
    }

    /// <inheritdoc/>
    public async ValueTask OnChangedAsync(ConsentChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        foreach (ConsentEvent entry in change.Events)
        {
            // What is told once more may have been granted since.
            if (!ConsentSteps.IsRefusal(entry) || entry.Purpose != ConsentPurpose.Marketing || change.After.StateOf(entry.Channel, entry.Topic) < ConsentState.Denied)
            {
                continue;
            }

            foreach (ImmutableArray<LedgerLabel> scope in ScopesOf(entry))
            {
                await _ledger.CancelAsync(new Cancellation(change.UserId, change.After.Version, scope), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private IEnumerable<ImmutableArray<LedgerLabel>> ScopesOf(ConsentEvent entry)
    {
        ImmutableArray<LedgerLabel> scope = entry.Channel.IsEmpty ? [] : [PushLabels.Channel(entry.Channel)];
        scope = entry.Topic.Length == 0 ? scope : scope.Add(PushLabels.Topic(entry.Topic));
        bool isEverything = entry.State == ConsentState.Suppressed || (entry.Topic.Length > 0 && _includesTransactional);
        yield return isEverything ? scope : scope.Add(PushLabels.Promotional);
        if (isEverything || entry.Topic.Length > 0)
        {
            yield break;
        }

        JurisdictionPack[] packs = PacksOf(entry);
        if (entry.Channel.IsEmpty && packs.Any(pack => pack.DefaultRule.Transactional == TransactionalRule.UnlessRefused))
        {
            // The channels that no rule names cannot be listed, so that all are taken.
            yield return scope;
            yield break;
        }

        IEnumerable<ChannelId> channels = entry.Channel.IsEmpty ? packs.SelectMany(pack => pack.Channels).Distinct() : [entry.Channel];
        foreach (ChannelId channel in channels.Where(each => packs.Any(pack => pack.RuleFor(each).Transactional == TransactionalRule.UnlessRefused)))
        {
            yield return [PushLabels.Channel(channel)];
        }
    }

    /// <summary>The pack of the jurisdiction that a refusal names, in the version of now; where it names none that is known, it may be any.</summary>
    private JurisdictionPack[] PacksOf(ConsentEvent entry)
    {
        string id = entry.Jurisdiction?.Split('/')[0] ?? string.Empty;
        return _packs.Find(id) is { } pack ? [pack] : [.. _packs.All];
    }
}
