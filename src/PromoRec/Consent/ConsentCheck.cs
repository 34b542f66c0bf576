using System.Buffers;
using System.Globalization;
using System.Text;

namespace PromoRec.Consent;

/// <summary>What every consent store refuses before it touches anything, so that whatever is in a store can be read again.</summary>
internal static class ConsentCheck
{
    public const int MaxEventIdLength = 200;
    private const int MaxTextLength = 1000;

    public static void ThrowIfNotACustomer(UserId userId) => Check(!userId.IsEmpty, "A customer's id must not be empty.");

    /// <returns>The events, in a list of their own that the caller cannot change.</returns>
    public static ConsentEvent[] ThrowIfInvalid(UserId userId, IReadOnlyList<ConsentEvent> events)
    {
        ThrowIfNotACustomer(userId);
        ArgumentNullException.ThrowIfNull(events);
        ConsentEvent[] added = [.. events];
        foreach (ConsentEvent each in added)
        {
            ArgumentNullException.ThrowIfNull(each, nameof(events));
            ThrowIfInvalid(each);
        }

        return added;
    }

    public static void ThrowIfNotAnEventId(string? eventId) =>
        Check(!string.IsNullOrWhiteSpace(eventId) && eventId.Length <= MaxEventIdLength && IsUnicode(eventId), $"A consent event's id has 1 to {MaxEventIdLength} characters that are not all blank.");

    private static void ThrowIfInvalid(ConsentEvent entry)
    {
        ThrowIfNotAnEventId(entry.EventId);
        Check(entry.At != default, "A consent event must say when it happened.");
        Check(entry.State is >= ConsentState.Unknown and <= ConsentState.Suppressed, Text($"A consent event's state must be one of ConsentState, but is {(int)entry.State}."));
        Check(entry.Purpose is ConsentPurpose.Marketing or ConsentPurpose.Personalization, Text($"A consent event's purpose must be one of ConsentPurpose, but is {(int)entry.Purpose}."));
        Check(entry.Basis is >= LegalBasis.None and <= LegalBasis.LegalObligation, Text($"A consent event's basis must be one of LegalBasis, but is {(int)entry.Basis}."));
        Check(entry.Sale is null or { SellerId: not null, Category: not null }, "A sale must not have null texts; leave the whole sale out where nothing is known of it.");
        ReadOnlySpan<string?> texts =
        [
            entry.Topic, entry.TextVersion, entry.TextHash, entry.Source, entry.Actor, entry.Jurisdiction, entry.TokenHash, entry.EncryptedIp, entry.Sale?.SellerId, entry.Sale?.Category,
        ];
        foreach (string? text in texts)
        {
            Check(text is null || (text.Length <= MaxTextLength && IsUnicode(text)), $"A text of a consent event has at most {MaxTextLength} characters and is valid Unicode.");
        }
    }

    private static bool IsUnicode(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out int consumed) != OperationStatus.Done)
            {
                return false;
            }

            text = text[consumed..];
        }

        return true;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Check(bool holds, string fault)
    {
        if (!holds)
        {
            throw new ArgumentException(fault);
        }
    }
}
