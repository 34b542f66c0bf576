using PromoRec.Push.Calendar;
using PromoRec.Push.Consent;
using PromoRec.Push.OptOut;
using PromoRec.Push.Snooze;

namespace PromoRec.Push;

/// <summary>How the push engine works.</summary>
public sealed class PushOptions
{
    /// <summary>
    /// How long a place is held for a push that has not been handed over, counted from the instant at which it is to be sent: one second to 24 hours, 15 minutes
    /// unless set. Then it is uncertain, and counts until somebody says that it was not sent.
    /// </summary>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Whether transactional messages may be sent while a store cannot answer, without a place and without having asked any policy. False unless set. Promotions
    /// never are.
    /// </summary>
    public bool TransactionalWithoutStore { get; set; }

    /// <summary>
    /// Whether promotions wait for the end of the quiet hours of the customer's jurisdiction, besides those that <c>AddQuietHours</c> adds. True unless set;
    /// set it to false only if the host itself keeps them. To change them, replace the pack.
    /// </summary>
    public bool LegalQuietHours { get; set; } = true;

    /// <summary>How a customer's time zone is found.</summary>
    public ZoneOptions Zones { get; } = new();

    /// <summary>Which sales permit advertising without a grant.</summary>
    public PushConsentOptions Consent { get; } = new();

    /// <summary>What leaving a topic holds back.</summary>
    public OptOutOptions OptOut { get; } = new();

    /// <summary>What becomes of promotions while a customer has asked for a pause.</summary>
    public SnoozeOptions Snooze { get; } = new();

    /// <summary>The host's own channels, besides the library's. A push over a channel that is neither is dropped.</summary>
    public ISet<ChannelId> Channels { get; } = new HashSet<ChannelId>();
}
