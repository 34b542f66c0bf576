using System.Collections.Immutable;
using PromoRec.Consent;
using PromoRec.Push;

namespace PromoRec.Cli.Reading;

/// <summary>Reads from a customers file what push policies look at. Its columns are described in docs/guide/cli.md.</summary>
internal sealed class PushCustomerReader
{
    private const string ConsentPrefix = "consent_";

    private readonly ChannelNames _channels;
    private readonly ColumnSet _columns;
    private readonly RowFields _row;
    private readonly (int Column, ChannelId Channel)[] _consentColumns;

    private PushCustomerReader(RowSource rows, ColumnSet columns, ChannelNames channels, TimeZoneInfo zone)
    {
        _columns = columns;
        _channels = channels;
        _row = new RowFields(rows, columns, zone);
        _consentColumns = [.. channels.All.Select(channel => (columns.IndexOf($"{ConsentPrefix}{channel}"), channel)).Where(column => rows.MayHave(column.Item1))];
    }

    /// <summary>All customers of a file, in its order.</summary>
    /// <exception cref="InputException">The file cannot be read, or has a bad row more than allowed.</exception>
    public static List<CustomerRow> Read(string path, ChannelNames channels, TimeZoneInfo zone, BadRows badRows, CancellationToken cancellationToken)
    {
        ColumnSet columns = ColumnsFor(channels);
        using RowSource rows = InputFile.OpenRows(path, columns, ColumnMapping.None);
        if (!rows.MayHave(columns.IndexOf("user")))
        {
            throw InputException.File(path, $"the header needs the column 'user'. Expected {columns.Expected}.", 1);
        }

        var reader = new PushCustomerReader(rows, columns, channels, zone);
        var customers = new List<CustomerRow>();
        var lines = new Dictionary<UserId, long>();
        rows.ReadAll(badRows, () =>
        {
            CustomerRow customer = reader.Parse();
            if (!lines.TryAdd(customer.Customer.UserId, rows.Line))
            {
                throw reader.Bad("user", $"the customer stands in line {lines[customer.Customer.UserId]} already. Give every customer one row.");
            }

            customers.Add(customer);
        }, cancellationToken);
        return customers.Count > 0 ? customers : throw InputException.File(path, "there are no customers in the file. Expected a row for each customer.");
    }

    /// <summary>The columns of a customers file, with one for the consent to each channel of the shop.</summary>
    public static ColumnSet ColumnsFor(ChannelNames channels) => new(
        "customers",
        "a header such as user,country,time_zone,channels,consents and a row for each customer",
        [
            .. CustomerReader.Columns.Names.SkipLast(CustomerReader.TruthColumns.Length),
            .. channels.All.Select(channel => $"{ConsentPrefix}{channel}").Where(name => CustomerReader.Columns.IndexOf(name) < 0),
            .. CustomerReader.TruthColumns,
        ])
    {
        Needed = ["user"],
        OfSimulation = CustomerReader.TruthColumns.Length,
    };

    private CustomerRow Parse()
    {
        UserId user = _row.Id(Column("user"));
        int reachable = Column("channels");
        PushCustomer customer = new()
        {
            UserId = user,
            Country = Country(),
            Region = _row.Text(Column("region")),
            ProfileZone = Zone("time_zone"),
            DeviceZone = Zone("device_zone"),
            InferredZone = Zone("inferred_zone"),
            InferredZoneConfidence = _row.Number(Column("inferred_zone_confidence"), 0, 1) ?? 0,
            Reachable = [.. _row.List(reachable).Select(name => _row.Channel(reachable, name, _channels))],
            NotificationsPermitted = _row.Flag(Column("permission")),
            SnoozedUntil = _row.Time(Column("snoozed_until")),
            IsGuest = _row.Flag(Column("guest")) ?? false,
            Segments = [.. _row.List(Column("segments"))],
            Location = Location(),
            Facts = [.. Facts("redeemed", CustomerFactKind.Redeemed), .. Facts("dismissed", CustomerFactKind.Dismissed)],
        };
        return new CustomerRow(customer, Consents(), SaysReachable: _row.Has(reachable));
    }

    private string? Country() => _row.Text(Column("country")) is not { } country ? null
        : PlaceNames.Country(country) ?? throw Bad("country", PlaceNames.UnknownCountry(country));

    private string? Zone(string column) => _row.Text(Column(column)) is not { } zone || PlaceNames.IsZone(zone) ? _row.Text(Column(column))
        : throw Bad(column, PlaceNames.UnknownZone(zone));

    private GeoPoint? Location()
    {
        double? latitude = _row.Number(Column("latitude"), -90, 90);
        double? longitude = _row.Number(Column("longitude"), -180, 180);
        return (latitude, longitude) switch
        {
            (null, null) => null,
            ({ } north, { } east) => new GeoPoint(north, east),
            _ => throw Bad("longitude", "latitude and longitude belong together. Give both, or none."),
        };
    }

    private IEnumerable<CustomerFact> Facts(string column, CustomerFactKind kind)
    {
        foreach (string item in _row.List(Column(column)))
        {
            int at = item.LastIndexOf('@');
            if (at <= 0 || !TimeText.TryParse(System.Text.Encoding.UTF8.GetBytes(item[(at + 1)..]), TimeZoneInfo.Utc, out DateTimeOffset time))
            {
                throw Bad(column, $"'{Excerpt.Of(item)}' does not say which offer and when. Expected OFFER@TIME, such as spring-15@2026-03-01T18:30:00Z, and | between several.");
            }

            yield return new CustomerFact(kind, item[..at], time);
        }
    }

    private ImmutableArray<ConsentEvent> Consents()
    {
        ImmutableArray<ConsentEvent>.Builder events = ImmutableArray.CreateBuilder<ConsentEvent>();
        foreach ((int column, ChannelId channel) in _consentColumns)
        {
            if (_row.Text(column) is { } word)
            {
                Add(events, _columns.Names[column], word, channel, string.Empty);
            }
        }

        foreach (string item in _row.List(Column("consents")))
        {
            AddItem(events, item);
        }

        return events.ToImmutable();
    }

    /// <summary>CHANNEL, CHANNEL=STATE or CHANNEL:TOPIC=STATE, where a star stands for every channel.</summary>
    private void AddItem(ImmutableArray<ConsentEvent>.Builder events, string item)
    {
        int equals = item.LastIndexOf('=');
        string node = (equals < 0 ? item : item[..equals]).Trim();
        int colon = node.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? node : node[..colon];
        ChannelId channel = name == "*" ? default : _row.Channel(Column("consents"), name, _channels);
        string topic = colon < 0 ? string.Empty : node[(colon + 1)..];
        if (topic.Length > RowFields.LongestTopic)
        {
            throw Bad("consents", $"the topic has {topic.Length} characters, but at most {RowFields.LongestTopic} are possible.");
        }

        Add(events, "consents", equals < 0 ? "granted" : item[(equals + 1)..], channel, topic);
    }

    private void Add(ImmutableArray<ConsentEvent>.Builder events, string column, string word, ChannelId channel, string topic)
    {
        string name = $"file/{events.Count}";
        events.AddRange(ConsentWords.EventsOf(word, channel, topic, name)
            ?? throw Bad(column, $"'{Excerpt.Of(word)}' is not a state of consent.{Suggestion.For(word, ConsentWords.All)} The states are {string.Join(", ", ConsentWords.All)}."));
    }

    private int Column(string name) => _columns.IndexOf(name);

    private InputException Bad(string column, string problem) => _row.Bad(Column(column), problem);
}
