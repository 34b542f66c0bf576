using System.Globalization;
using PromoRec.Cli.Push;
using PromoRec.Push;

namespace PromoRec.Cli.Reading;

/// <summary>Reads attempts to push row by row, so that histories larger than memory can be replayed. Its columns are described in docs/guide/cli.md.</summary>
internal sealed class PushEventReader : IDisposable
{
    public static readonly ColumnSet Columns = new(
        "pushes",
        "a header such as user,offer,channel,at and a row for each push",
        "user", "offer", "channel", "at", "campaign", "category", "topic", "class", "score", "priority", "keys", "content", "deliver_before", "occurrence", "sent",

        // What only a simulation knows.
        "push", "event", "offer_propensity", "channel_propensity", "send_propensity", "propensity", "fatigue", "redeem_if_pushed", "redeem_if_not_pushed",
        "click", "dismiss", "unsubscribe", "redeemed_at", "clicked", "dismissed", "unsubscribed")
    {
        Needed = ["user", "offer", "channel", "at"],
        OfSimulation = TruthCount,
    };

    private const int TruthCount = 16;
    private const int User = 0;
    private const int OfferColumn = 1;
    private const int Channel = 2;
    private const int At = 3;
    private const int Campaign = 4;
    private const int Category = 5;
    private const int Topic = 6;
    private const int Class = 7;
    private const int Score = 8;
    private const int Priority = 9;
    private const int Keys = 10;
    private const int Content = 11;
    private const int DeliverBefore = 12;
    private const int Occurrence = 13;
    private const int Sent = 14;

    private readonly RowSource _rows;
    private readonly RowFields _row;
    private readonly ChannelNames _channels;
    private readonly Dictionary<OfferId, PushOffer> _offers;
    private readonly BadRows _badRows;
    private readonly bool _onlyKnownOffers;
    private readonly bool _onlySent;
    private bool _heldBack;

    private PushEventReader(RowSource rows, ChannelNames channels, IEnumerable<PushOffer>? offers, TimeZoneInfo zone, BadRows badRows, bool onlySent)
    {
        _onlySent = onlySent;
        _rows = rows;
        _row = new RowFields(rows, Columns, zone);
        _channels = channels;
        _offers = (offers ?? []).ToDictionary(offer => offer.Offer.Id);
        _onlyKnownOffers = offers is not null;
        _badRows = badRows;
    }

    /// <param name="path">The file.</param>
    /// <param name="channels">The channels that rows may name.</param>
    /// <param name="offers">The offers that rows may name; null where they are not known, so that nothing but their ids counts.</param>
    /// <param name="zone">Zone of times without offset.</param>
    /// <param name="badRows">Takes what cannot be used.</param>
    /// <param name="onlySent">Whether to pass over pushes that were held back, as their column 'sent' says.</param>
    /// <exception cref="InputException">The file cannot be read or has other columns.</exception>
    public static PushEventReader Open(string path, ChannelNames channels, IEnumerable<PushOffer>? offers, TimeZoneInfo zone, BadRows badRows, bool onlySent = false)
    {
        RowSource rows = InputFile.OpenRows(path, Columns, ColumnMapping.None);
        try
        {
            int missing = new[] { User, OfferColumn, Channel, At }.FirstOrDefault(column => !rows.MayHave(column), -1);
            return missing < 0
                ? new PushEventReader(rows, channels, offers, zone, badRows, onlySent)
                : throw InputException.File(path, $"the header has no column '{Columns.Names[missing]}'. Expected {Columns.Expected}.", 1);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>All rows, which must be in the order of time.</summary>
    /// <exception cref="InputException">A row is bad and no more may be skipped, or the file has no rows, or one is earlier than the row before.</exception>
    public IEnumerable<PushEvent> ReadAll(CancellationToken cancellationToken)
    {
        DateTimeOffset last = DateTimeOffset.MinValue;
        long count = 0;
        while (TryRead(out PushEvent one))
        {
            if (one.At < last)
            {
                throw InputException.File(
                    _rows.Path, $"the push is of {Show(one.At)}, but the row before is of {Show(last)}. A history is replayed in the order of time: sort the file by its column 'at'.", _rows.Line);
            }

            if ((++count & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            last = one.At;
            yield return one;
        }

        if (count == 0 && !_heldBack)
        {
            throw InputException.File(_rows.Path, _badRows.Skipped > 0 ? "no row of the file can be used." : "the file has a header but no rows. Expected a row for each push.");
        }
    }

    public void Dispose() => _rows.Dispose();

    private static string Show(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private bool TryRead(out PushEvent one)
    {
        while (true)
        {
            try
            {
                bool more = _rows.Read();
                if (more && _onlySent && _row.Flag(Sent) == false)
                {
                    _heldBack = true;
                    continue;
                }

                one = more ? Parse() : default;
                return more;
            }
            catch (InputException fault) when (fault.IsRow)
            {
                _badRows.Skip(fault);
            }
        }
    }

    private PushEvent Parse()
    {
        DateTimeOffset at = _row.Time(At) ?? throw _row.Bad(At, $"the time is empty. {TimeText.Expected}");
        PushOffer offer = OfferOf(_row.Id(OfferColumn));
        PushRequest request = new()
        {
            UserId = _row.Id(User),
            Offer = offer.Offer,
            Channel = _row.Channel(Channel, _row.Id(Channel), _channels),
            Campaign = _row.Text(Campaign) ?? offer.Campaign,
            Category = _row.Text(Category) ?? offer.Category,
            Topic = _row.Topic(Topic) ?? offer.Topic,
            Class = ClassOf(),
            Score = (float)(_row.Number(Score, float.MinValue, float.MaxValue) ?? 0),
            Priority = _row.Whole(Priority) ?? offer.Priority,
            Keys = [.. _row.List(Keys).Select(KeyOf)],
            ContentHash = _row.Text(Content),
            DeliverBefore = _row.Time(DeliverBefore),
            Occurrence = _row.Text(Occurrence) ?? string.Empty,

            // What happened twice is two pushes; whether they are the same, policies say.
            Key = string.Create(CultureInfo.InvariantCulture, $"row {_rows.Line}"),
        };
        return new PushEvent(at.ToUniversalTime(), request);
    }

    private PushOffer OfferOf(string id)
    {
        if (_offers.TryGetValue(id, out PushOffer? offer))
        {
            return offer;
        }

        if (_onlyKnownOffers)
        {
            throw _row.Bad(OfferColumn, $"there is no offer '{Excerpt.Of(id)}' in the offers file. Add it there, or leave the offers file out.");
        }

        offer = new PushOffer(new Offer { Id = id, Terms = OfferTerms.FreeShipping }, string.Empty, string.Empty, string.Empty, [], 0);
        _offers.Add(id, offer);
        return offer;
    }

    private MessageClass ClassOf() => _row.Text(Class)?.ToUpperInvariant() switch
    {
        null or "PROMOTIONAL" => MessageClass.Promotional,
        "TRANSACTIONAL" => MessageClass.Transactional,
        _ => throw _row.Bad(Class, $"'{Excerpt.Of(_row.Text(Class)!)}' is no class of messages. Expected promotional or transactional."),
    };

    private KeyValuePair<string, string> KeyOf(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new KeyValuePair<string, string>(text[..equals].TrimEnd(), text[(equals + 1)..].TrimStart())
            : throw _row.Bad(Keys, $"'{Excerpt.Of(text)}' is not of the form NAME=VALUE, such as brand=Acme, with | between several.");
    }
}
