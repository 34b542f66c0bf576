using System.Collections.Immutable;

namespace PromoRec.Consent;

/// <summary>Folds the events of one purpose, channel and topic, in the order in which they were appended.</summary>
/// <remarks>
/// What restricts takes effect wherever it stands in the ledger. What permits takes effect over a restriction only if it also happened no
/// earlier, so that an old grant imported late revives nothing. What was granted before a suppression is gone for good, also once that is lifted.
/// </remarks>
internal sealed class ConsentNodeFold
{
    private ImmutableHashSet<string> _asked = [];
    private ImmutableArray<SaleEvidence> _sales = [];
    private ConsentState _said;
    private DateTimeOffset _refusedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _suppressedAt = DateTimeOffset.MinValue;
    private bool _isSuppressed;
    private bool _isPending;
    private bool _namesText;
    private bool _isConfirmed;

    private bool IsRefused => _said is ConsentState.Denied or ConsentState.Withdrawn;

    public void Apply(ConsentEvent entry)
    {
        switch (entry.State)
        {
            case ConsentState.Unknown:
                Reset(entry);
                break;
            case ConsentState.Pending:
                Ask(entry);
                break;
            case ConsentState.Granted:
                Grant(entry);
                break;
            case ConsentState.SoftOptIn:
                Sell(entry);
                break;
            case ConsentState.Suppressed:
                Suppress(entry);
                break;
            default:
                // A state that this version does not know may restrict as well, so it does.
                Refuse(entry, entry.State == ConsentState.Denied ? ConsentState.Denied : ConsentState.Withdrawn);
                break;
        }
    }

    public ConsentNode ToNode(ConsentPurpose purpose, ChannelId channel, string topic) => new()
    {
        Purpose = purpose,
        Channel = channel,
        Topic = topic,
        Said = _said == ConsentState.Unknown && _isPending ? ConsentState.Pending : _said,
        IsSuppressed = _isSuppressed,
        IsPending = _isPending,
        NamesText = _namesText,
        IsConfirmed = _isConfirmed,
        Sales = _sales,
    };

    /// <summary>Lifts a suppression; without one, takes back what was granted. What the customer refused stays refused.</summary>
    private void Reset(ConsentEvent entry)
    {
        if (_isSuppressed)
        {
            _isSuppressed = entry.At < _suppressedAt;
        }
        else if (!IsRefused)
        {
            ForgetGrants();
        }
    }

    private void Ask(ConsentEvent entry)
    {
        _isPending = true;
        if (!string.IsNullOrEmpty(entry.TokenHash))
        {
            _asked = _asked.Add(entry.TokenHash);
        }
    }

    private void Grant(ConsentEvent entry)
    {
        if ((IsRefused && entry.At < _refusedAt) || entry.At < _suppressedAt)
        {
            return;
        }

        _said = ConsentState.Granted;
        _isPending = false;
        _namesText |= !string.IsNullOrWhiteSpace(entry.TextVersion) || !string.IsNullOrWhiteSpace(entry.TextHash);
        _isConfirmed |= !string.IsNullOrEmpty(entry.TokenHash) && _asked.Contains(entry.TokenHash);
    }

    /// <summary>A sale takes nothing from a grant and revives nothing that was refused.</summary>
    private void Sell(ConsentEvent entry)
    {
        if (IsRefused || entry.At < _suppressedAt || !SoftOptInTerms.IsComplete(entry.Sale))
        {
            return;
        }

        _sales = _sales.Add(entry.Sale!);
        _said = _said == ConsentState.Granted ? ConsentState.Granted : ConsentState.SoftOptIn;
    }

    private void Refuse(ConsentEvent entry, ConsentState state)
    {
        _refusedAt = IsRefused && _refusedAt > entry.At ? _refusedAt : entry.At;
        ForgetGrants();
        _said = state;
    }

    private void Suppress(ConsentEvent entry)
    {
        _suppressedAt = _suppressedAt > entry.At ? _suppressedAt : entry.At;
        _isSuppressed = true;
        if (!IsRefused)
        {
            ForgetGrants();
        }

        _asked = [];
        _isPending = false;
    }

    private void ForgetGrants()
    {
        _said = ConsentState.Unknown;
        _sales = [];
        _asked = [];
        _isPending = false;
        _namesText = false;
        _isConfirmed = false;
    }
}
