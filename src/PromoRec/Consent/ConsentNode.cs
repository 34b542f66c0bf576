using System.Collections.Immutable;

namespace PromoRec.Consent;

/// <summary>What a customer has said about one purpose, channel and topic.</summary>
internal readonly record struct ConsentNode
{
    public required ConsentPurpose Purpose { get; init; }

    /// <summary>The channel; the default value for every channel.</summary>
    public required ChannelId Channel { get; init; }

    public required string Topic { get; init; }

    /// <summary>What was said, apart from suppression.</summary>
    public required ConsentState Said { get; init; }

    public bool IsSuppressed { get; init; }

    /// <summary>Whether a double opt-in waits for its confirmation.</summary>
    public bool IsPending { get; init; }

    /// <summary>Whether a grant names the text that was agreed to.</summary>
    public bool NamesText { get; init; }

    /// <summary>Whether a grant was confirmed with the token that had been sent.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>The sales behind a soft opt-in, complete ones only.</summary>
    public ImmutableArray<SaleEvidence> Sales { get; init; }

    public ConsentState State => IsSuppressed ? ConsentState.Suppressed : Said;

    public bool IsRefused => IsSuppressed || Said is ConsentState.Denied or ConsentState.Withdrawn;

    public ConsentLevel Level => Topic.Length > 0 ? ConsentLevel.Topic : Channel.IsEmpty ? ConsentLevel.Everything : ConsentLevel.Channel;

    /// <summary>What it adds to what holds, unless it is a refusal.</summary>
    public ConsentFacts Facts => Grants | (Sales.IsEmpty ? ConsentFacts.None : ConsentFacts.Sold) | (IsPending ? ConsentFacts.Pending : ConsentFacts.None);

    private ConsentFacts Grants
    {
        get
        {
            if (Said != ConsentState.Granted)
            {
                return ConsentFacts.None;
            }

            ConsentFacts grants = ConsentFacts.Granted | (NamesText ? ConsentFacts.Written : ConsentFacts.None) | (IsConfirmed ? ConsentFacts.Confirmed : ConsentFacts.None);
            return Topic.Length > 0 && !Channel.IsEmpty ? grants | ByName(grants) : grants;
        }
    }

    /// <summary>Whether one of its sales permits to advertise a category.</summary>
    public bool HasSaleFor(SoftOptInTerms terms, string category)
    {
        foreach (SaleEvidence sale in Sales)
        {
            if (terms.Accepts(sale, category))
            {
                return true;
            }
        }

        return false;
    }

    // Each grant by name has its bit three above the one without.
    private static ConsentFacts ByName(ConsentFacts grants) => (ConsentFacts)((int)grants << 3);
}
