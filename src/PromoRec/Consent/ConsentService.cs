using System.Globalization;
using PromoRec.Consent.Packs;
using PromoRec.Consent.Unsubscribing;

namespace PromoRec.Consent;

/// <summary>Records what customers say about being contacted. Every call stores events with their evidence, durably, before it returns.</summary>
/// <remarks>
/// <para>Any number of threads and of replicas over one store may call it. A call that has failed may be repeated: what has an id of its own is not
/// stored twice, a refusal without one only if it is said later, and observers are told of a refusal again.</para>
/// <para>A refusal takes effect before its call returns: it is stored first, and then every <see cref="IConsentObserver"/> has been told, of which one takes back
/// the messages that wait to be sent. If an observer fails, the call fails; repeat it.</para>
/// <para>All methods throw <see cref="LedgerUnavailableException"/> when the store cannot answer, and <see cref="ArgumentException"/> for a customer without an id.</para>
/// </remarks>
public sealed class ConsentService
{
    private const int MaxMessageIdLength = 180;

    private readonly ConsentJournal _journal;
    private readonly DoubleOptIn _doubleOptIn;
    private readonly JurisdictionPacks _packs;

    /// <summary>Creates the service.</summary>
    /// <param name="store">Where consent is kept.</param>
    /// <param name="packs">The rules of jurisdictions.</param>
    /// <param name="observers">Who is told what customers have said.</param>
    /// <param name="timeProvider">The clock; the system's when null.</param>
    /// <param name="options">How consent is asked for; the defaults when null.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public ConsentService(
        IConsentStore store, JurisdictionPacks packs, IEnumerable<IConsentObserver> observers, TimeProvider? timeProvider = null, ConsentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(packs);
        ArgumentNullException.ThrowIfNull(observers);
        options ??= new ConsentOptions();
        if (new ConsentOptionsValidator().Validate(null, options) is { Failed: true } faults)
        {
            throw new ArgumentException(faults.FailureMessage, nameof(options));
        }

        _packs = packs;
        _journal = new ConsentJournal(store, observers, timeProvider ?? TimeProvider.System);
        _doubleOptIn = new DoubleOptIn(_journal, options.DoubleOptInLifetime);
    }

    /// <summary>What a customer's ledger amounts to now.</summary>
    public ValueTask<ConsentView> ReadAsync(UserId userId, CancellationToken cancellationToken = default) => _journal.ReadAsync(userId, cancellationToken);

    /// <summary>The customer has agreed. Needs evidence: where, and to which text.</summary>
    /// <exception cref="ArgumentException">The statement says neither which version nor which hash the text has, or not where it was made.</exception>
    public ValueTask<ConsentResult> GrantAsync(UserId userId, ConsentStatement statement, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statement);
        statement.ThrowIfWithoutProof();
        return SayAsync(userId, statement, ConsentState.Granted, LegalBasis.Consent, cancellationToken);
    }

    /// <summary>The customer was asked and has refused.</summary>
    public ValueTask<ConsentResult> DenyAsync(UserId userId, ConsentStatement statement, CancellationToken cancellationToken = default) =>
        SayAsync(userId, statement, ConsentState.Denied, LegalBasis.None, cancellationToken);

    /// <summary>The customer takes consent back. When the call returns, nothing that waited is sent any more.</summary>
    public ValueTask<ConsentResult> WithdrawAsync(UserId userId, ConsentStatement statement, CancellationToken cancellationToken = default) =>
        SayAsync(userId, statement, ConsentState.Withdrawn, LegalBasis.None, cancellationToken);

    /// <summary>The customer has bought something, which may permit advertising for similar products. It never lifts a refusal.</summary>
    /// <param name="userId">The customer.</param>
    /// <param name="statement">The channel and topic whose address came from the sale.</param>
    /// <param name="sale">The facts. Where one is missing, the outcome is <see cref="ConsentOutcome.Incomplete"/>.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async ValueTask<ConsentResult> RecordSaleAsync(UserId userId, ConsentStatement statement, SaleEvidence? sale, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (!SoftOptInTerms.IsComplete(sale))
        {
            return new ConsentResult(ConsentOutcome.Incomplete, await ReadAsync(userId, cancellationToken).ConfigureAwait(false));
        }

        return await RunAsync(
            userId,
            moment => ConsentSteps.Say(moment, EventOf(moment, statement, ConsentState.SoftOptIn, LegalBasis.ExistingCustomer) with { Sale = sale }),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for consent that the customer confirms with a token. The request is stored before the token is returned.</summary>
    /// <remarks>The message that carries the token must not advertise anything.</remarks>
    /// <exception cref="ArgumentException">The statement says neither which version nor which hash the text has, or not where it was made.</exception>
    public ValueTask<DoubleOptInRequest> RequestDoubleOptInAsync(UserId userId, ConsentStatement statement, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return _doubleOptIn.RequestAsync(userId, statement, cancellationToken);
    }

    /// <summary>Confirms a double opt-in. Of any number of calls with one token, one is answered with <see cref="DoubleOptInOutcome.Confirmed"/>.</summary>
    /// <param name="userId">The customer for whom it was asked.</param>
    /// <param name="token">What the customer sent back; anything is allowed.</param>
    /// <param name="encryptedIp">The address it came from, encrypted by the host.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public ValueTask<DoubleOptInResult> ConfirmDoubleOptInAsync(UserId userId, string? token, string? encryptedIp = null, CancellationToken cancellationToken = default) =>
        _doubleOptIn.ConfirmAsync(userId, token, encryptedIp, cancellationToken);

    /// <summary>An address must not be used any more, not even for what the customer has ordered.</summary>
    /// <param name="userId">The customer.</param>
    /// <param name="channel">The channel whose address it is; the default value for all of them.</param>
    /// <param name="cause">Why.</param>
    /// <param name="eventId">Names this event among the customer's, as <see cref="ConsentStatement.EventId"/> does; null for an id of its own.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public ValueTask<ConsentResult> SuppressAsync(UserId userId, ChannelId channel, SuppressionCause cause, string? eventId = null, CancellationToken cancellationToken = default)
    {
        (string source, LegalBasis basis) = cause switch
        {
            SuppressionCause.Bounce => ("bounce", LegalBasis.None),
            SuppressionCause.Complaint => ("complaint", LegalBasis.None),
            SuppressionCause.Legal => ("legal", LegalBasis.LegalObligation),
            _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "The cause is not one of SuppressionCause."),
        };
        return SayAsync(userId, new ConsentStatement { Channel = channel, Source = source, EventId = eventId }, ConsentState.Suppressed, basis, cancellationToken);
    }

    /// <summary>An address may be used again, because it was repaired or replaced. What was granted before it was suppressed is gone: ask the customer again.</summary>
    /// <param name="userId">The customer.</param>
    /// <param name="statement">Which channel, and the evidence: where it was found out, and who says so.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="ArgumentException">The statement does not say where it was made.</exception>
    public ValueTask<ConsentResult> LiftSuppressionAsync(UserId userId, ConsentStatement statement, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statement);
        statement.ThrowIfWithoutSource();
        return RunAsync(
            userId,
            moment => moment.NodeAt(statement.Purpose, statement.Channel, TopicPath.Canonical(statement.Topic)) is { IsSuppressed: true }
                ? ConsentSteps.Say(moment, EventOf(moment, statement with { At = null }, ConsentState.Unknown, LegalBasis.None))
                : ConsentStep<ConsentOutcome>.Nothing(ConsentOutcome.Unchanged),
            cancellationToken);
    }

    /// <summary>The customer objects to being profiled. What that stops, the jurisdiction says: personalization, and where the law is so, advertising on every channel.</summary>
    /// <param name="userId">The customer.</param>
    /// <param name="country">The customer's country, two letters of ISO 3166-1; null when not known.</param>
    /// <param name="source">Where it was said.</param>
    /// <param name="eventId">Names this statement among the customer's, 1 to 180 characters; null for an id of its own.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public ValueTask<ConsentResult> ObjectAsync(UserId userId, string? country, string source, string? eventId = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        JurisdictionPack pack = _packs.For(country);
        ConsentStatement statement = new() { Source = source, Jurisdiction = pack.Name };
        (ObjectionEffects Effect, ConsentPurpose Purpose, string Suffix)[] effects =
        [
            (ObjectionEffects.Marketing, ConsentPurpose.Marketing, "marketing"),
            (ObjectionEffects.Personalization, ConsentPurpose.Personalization, "personalization"),
        ];
        return RunAsync(
            userId,
            moment => ConsentSteps.Say(
                moment,
                [
                    .. effects.Where(each => pack.ObjectionStops.HasFlag(each.Effect)).Select(each => EventOf(
                        moment,
                        statement with { Purpose = each.Purpose, EventId = eventId is null ? null : $"{eventId}:{each.Suffix}" },
                        ConsentState.Withdrawn,
                        LegalBasis.None)),
                ]),
            cancellationToken);
    }

    /// <summary>Looks whether a message of a customer asks to be left alone, in the words of the customer's jurisdiction, and withdraws consent as far as that jurisdiction says.</summary>
    /// <exception cref="ArgumentException">The message's id is blank or too long.</exception>
    public async ValueTask<InboundResult> ReceiveAsync(UserId userId, InboundMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.MessageId is { } id && (string.IsNullOrWhiteSpace(id) || id.Length > MaxMessageIdLength))
        {
            throw new ArgumentException($"A message's id has 1 to {MaxMessageIdLength} characters, or is null.", nameof(message));
        }

        JurisdictionPack pack = _packs.For(message.Country);
        if (!pack.IsStopWord(message.Text))
        {
            return new InboundResult(false, ConsentOutcome.Unchanged, null, await ReadAsync(userId, cancellationToken).ConfigureAwait(false));
        }

        ConsentStatement statement = StopStatement(message, pack);
        ((ConsentOutcome outcome, DateTimeOffset? confirmBefore), ConsentView view) = await _journal.RunAsync<(ConsentOutcome, DateTimeOffset?)>(
            userId,
            (ConsentOutcome.Erased, null),
            moment =>
            {
                ConsentStep<ConsentOutcome> step = ConsentSteps.Say(moment, EventOf(moment, statement, ConsentState.Withdrawn, LegalBasis.None));
                if (step.Answer == ConsentOutcome.Conflict)
                {
                    // Providers use ids twice, and whoever asks to be left alone must not be lost to that.
                    step = ConsentSteps.Say(moment, EventOf(moment, statement with { EventId = null }, ConsentState.Withdrawn, LegalBasis.None));
                }

                bool changes = step.Answer == ConsentOutcome.Recorded && moment.View.StateOf(statement.Channel, statement.Topic) < ConsentState.Denied;
                DateTimeOffset? before = changes && pack.StopConfirmation > TimeSpan.Zero ? moment.Now + pack.StopConfirmation : null;
                return new ConsentStep<(ConsentOutcome, DateTimeOffset?)>((step.Answer, before), step.Append, step.Tell);
            },
            cancellationToken).ConfigureAwait(false);
        return new InboundResult(true, outcome, confirmBefore, view);
    }

    /// <summary>The customer has used the link of a message. Withdraws consent for what the token named.</summary>
    /// <param name="target">What <see cref="UnsubscribeTokens.TryRead"/> has read from the link's token.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public ValueTask<ConsentResult> UnsubscribeAsync(UnsubscribeTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return WithdrawAsync(target.UserId, new ConsentStatement { Channel = target.Channel, Topic = target.Topic, Source = "unsubscribe-link" }, cancellationToken);
    }

    private static ConsentStatement StopStatement(InboundMessage message, JurisdictionPack pack)
    {
        RevokeScope scope = pack.RuleFor(message.Channel).Revoke;
        return new ConsentStatement
        {
            Channel = scope == RevokeScope.All ? default : message.Channel,
            Topic = scope == RevokeScope.Topic ? message.Topic : string.Empty,
            Source = $"{message.Channel}:{StopWord.Key(message.Text).ToLowerInvariant()}",
            Jurisdiction = pack.Name,
            EventId = message.MessageId is null ? null : InboundEventId(message.Channel, message.MessageId),
        };
    }

    /// <summary>Each provider counts for itself, so that an id is one only together with its channel.</summary>
    private static string InboundEventId(ChannelId channel, string messageId)
    {
        string id = $"inbound:{channel}:{messageId}";
        return id.Length <= ConsentCheck.MaxEventIdLength ? id : string.Create(CultureInfo.InvariantCulture, $"inbound:#{StableHash.Of(id):x32}");
    }

    private static ConsentEvent EventOf(ConsentMoment moment, ConsentStatement statement, ConsentState state, LegalBasis basis) =>
        statement.ToEvent(state, basis, statement.EventId ?? string.Empty, moment.TimeOf(statement.At));

    private ValueTask<ConsentResult> SayAsync(UserId userId, ConsentStatement statement, ConsentState state, LegalBasis basis, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return RunAsync(userId, moment => ConsentSteps.Say(moment, EventOf(moment, statement, state, basis)), cancellationToken);
    }

    private async ValueTask<ConsentResult> RunAsync(UserId userId, Func<ConsentMoment, ConsentStep<ConsentOutcome>> decide, CancellationToken cancellationToken)
    {
        (ConsentOutcome outcome, ConsentView view) = await _journal.RunAsync(userId, ConsentOutcome.Erased, decide, cancellationToken).ConfigureAwait(false);
        return new ConsentResult(outcome, view);
    }
}
