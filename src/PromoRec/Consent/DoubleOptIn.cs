using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PromoRec.Consent;

/// <summary>Asks for consent and confirms it with a token. The request is stored before the token leaves, and only the token's hash is stored.</summary>
internal sealed class DoubleOptIn(ConsentJournal journal, TimeSpan lifetime)
{
    private const int TokenBytes = 32;
    private const int MaxTokenLength = 200;

    public async ValueTask<DoubleOptInRequest> RequestAsync(UserId userId, ConsentStatement statement, CancellationToken cancellationToken)
    {
        statement.ThrowIfWithoutProof();
        string token = NewToken();
        string hash = HashOf(token);
        (DateTimeOffset? askedAt, ConsentView view) = await journal.RunAsync<DateTimeOffset?>(
            userId,
            null,
            moment =>
            {
                DateTimeOffset at = moment.TimeOf(statement.At);
                return ConsentStep<DateTimeOffset?>.Store(at, statement.ToEvent(ConsentState.Pending, LegalBasis.None, $"ask:{hash}", at) with { TokenHash = hash });
            },
            cancellationToken).ConfigureAwait(false);
        return askedAt is { } since
            ? new DoubleOptInRequest(ConsentOutcome.Recorded, token, since + lifetime, view)
            : new DoubleOptInRequest(ConsentOutcome.Erased, null, null, view);
    }

    public async ValueTask<DoubleOptInResult> ConfirmAsync(UserId userId, string? token, string? encryptedIp, CancellationToken cancellationToken)
    {
        string hash = token is { Length: > 0 and <= MaxTokenLength } ? HashOf(token) : string.Empty;
        (DoubleOptInOutcome outcome, ConsentView view) =
            await journal.RunAsync(userId, DoubleOptInOutcome.Erased, moment => Confirm(moment, hash, encryptedIp), cancellationToken).ConfigureAwait(false);
        return new DoubleOptInResult(outcome, view);
    }

    /// <summary>The store appends to the ledger that was read or not at all, so of any number of confirmations one is the first.</summary>
    private ConsentStep<DoubleOptInOutcome> Confirm(ConsentMoment moment, string hash, string? encryptedIp)
    {
        int asked = IndexOf(moment.Record, ConsentState.Pending, hash);
        if (asked < 0)
        {
            return ConsentStep<DoubleOptInOutcome>.Nothing(DoubleOptInOutcome.Unknown);
        }

        if (IndexOf(moment.Record, ConsentState.Granted, hash) >= 0)
        {
            return ConsentStep<DoubleOptInOutcome>.Nothing(DoubleOptInOutcome.AlreadyUsed);
        }

        ConsentEvent request = moment.Record.Events[asked];
        if (IsVoid(moment.Record, asked))
        {
            return ConsentStep<DoubleOptInOutcome>.Nothing(DoubleOptInOutcome.Void);
        }

        if (moment.Now - request.At >= lifetime)
        {
            return ConsentStep<DoubleOptInOutcome>.Nothing(DoubleOptInOutcome.Expired);
        }

        ConsentEvent grant = request with
        {
            EventId = $"confirm:{hash}",
            At = moment.TimeOf(null),
            State = ConsentState.Granted,
            Basis = LegalBasis.Consent,
            Actor = null,
            EncryptedIp = encryptedIp,
        };
        return ConsentStep<DoubleOptInOutcome>.Store(DoubleOptInOutcome.Confirmed, grant);
    }

    /// <summary>Links in mail are opened by scanners too, so a confirmation must not undo what the customer has said after asking for it.</summary>
    private static bool IsVoid(ConsentRecord record, int asked)
    {
        ConsentEvent request = record.Events[asked];
        for (int i = asked + 1; i < record.Events.Length; i++)
        {
            ConsentEvent later = record.Events[i];
            if (later.State is not (ConsentState.Pending or ConsentState.Granted or ConsentState.SoftOptIn) && later.Purpose == request.Purpose && Covers(later, request))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Covers(ConsentEvent wide, ConsentEvent narrow) =>
        (wide.Channel.IsEmpty || wide.Channel == narrow.Channel) && TopicPath.Covers(wide.Topic, narrow.Topic);

    private static int IndexOf(ConsentRecord record, ConsentState state, string hash)
    {
        ReadOnlySpan<byte> wanted = Encoding.ASCII.GetBytes(hash);
        int found = -1;
        for (int i = 0; i < record.Events.Length && hash.Length > 0; i++)
        {
            if (record.Events[i].State == state && record.Events[i].TokenHash is { } stored && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(stored), wanted))
            {
                found = i;
            }
        }

        return found;
    }

    private static string NewToken()
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        RandomNumberGenerator.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
