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

    /// <summary>Whether this alone is enough. A refusal elsewhere is not looked at.</summary>
    public bool Suffices(in ConsentQuestion question)
    {
        bool granted = Said == ConsentState.Granted && (!question.PerTopic || (Topic.Length > 0 && !Channel.IsEmpty));
        return question.Need switch
        {
            ConsentNeed.SoftOptIn => granted || HasSaleFor(question),
            ConsentNeed.Grant => granted,
            ConsentNeed.WrittenGrant => granted && NamesText,
            ConsentNeed.DoubleOptIn => granted && IsConfirmed,
            _ => false,
        };
    }

    private bool HasSaleFor(in ConsentQuestion question)
    {
        if (question.SoftOptIn is not { } terms)
        {
            return false;
        }

        foreach (SaleEvidence sale in Sales)
        {
            if (terms.Accepts(sale, question.Category))
            {
                return true;
            }
        }

        return false;
    }
}
