using System.Globalization;

namespace PromoRec.Tests.Quality;

/// <summary>The Starbucks data, read in place, and its protocol "offer response" as the README of the data folder states it.</summary>
internal sealed class StarbucksShop
{
    private const string Folder = "research-only/starbucks-offers/";

    private readonly Dictionary<string, StarbucksOffer> _offers;
    private readonly Dictionary<string, StarbucksCustomer> _customers;
    private readonly Dictionary<string, List<StarbucksEvent>> _events;

    private StarbucksShop(Dictionary<string, StarbucksOffer> offers, Dictionary<string, StarbucksCustomer> customers, Dictionary<string, List<StarbucksEvent>> events)
    {
        _offers = offers;
        _customers = customers;
        _events = events;
    }

    public StarbucksOffer Offer(string id) => _offers[id];

    public StarbucksCustomer Customer(string id) => _customers[id];

    /// <summary>What happened to a customer before an hour, in the order of time.</summary>
    public IEnumerable<StarbucksEvent> EventsBefore(string customer, int hour) => _events[customer].TakeWhile(e => e.Hour < hour);

    /// <summary>Reads the data. Skips the test, visibly, where it is absent.</summary>
    public static StarbucksShop Read()
    {
        Dictionary<string, StarbucksOffer> offers = File.ReadLines(TestData.Require(Folder + "portfolio.csv")).Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(row => row[0], row => new StarbucksOffer(row[0], row[1], Number(row[2])!.Value, Number(row[3])!.Value, 24 * (int)Number(row[4])!.Value));
        var firstDay = new DateOnly(2018, 8, 1);
        Dictionary<string, StarbucksCustomer> customers = DataTable.Rows(Folder + "profile.csv.gz", ',')
            .ToDictionary(row => row[0], row => new StarbucksCustomer(
                row[0],
                row[1].Length > 0 ? row[1] : null,
                Number(row[2]),
                Number(row[4]),
                firstDay.DayNumber - DateOnly.ParseExact(row[3], "yyyyMMdd", CultureInfo.InvariantCulture).DayNumber));
        Dictionary<string, List<StarbucksEvent>> events = DataTable.Rows(Folder + "events-open.csv.gz", ',')
            .GroupBy(row => row[0], row => new StarbucksEvent((int)Number(row[1])!.Value, row[2], row[3], Number(row[4]) ?? 0))
            .ToDictionary(group => group.Key, group => group.ToList());
        return new StarbucksShop(offers, customers, events);
    }

    /// <summary>The same shop as it was known at an hour: what happened then or later is not in it.</summary>
    public StarbucksShop Before(int hour) =>
        new(_offers, _customers, _events.ToDictionary(customer => customer.Key, customer => customer.Value.Where(e => e.Hour < hour).ToList()));

    /// <summary>The receipts of one hour of offers with an answer that end within a week.</summary>
    public IEnumerable<StarbucksReceipt> Receipts(int hour) =>
        from customer in _events
        from received in customer.Value
        where received.Hour == hour && received.Kind == "offer_received"
        let offer = _offers[received.Offer]
        where offer.Type != "informational" && offer.DurationHours <= 7 * 24
        select new StarbucksReceipt(customer.Key, hour, offer, IsAnswered(customer.Value, offer, hour));

    /// <summary>Whether the first view in the offer's time is not after its last completion in that time.</summary>
    private static bool IsAnswered(List<StarbucksEvent> events, StarbucksOffer offer, int hour)
    {
        int[] HoursOf(string kind) => [.. events.Where(e => e.Kind == kind && e.Offer == offer.Id && e.Hour >= hour && e.Hour <= hour + offer.DurationHours).Select(e => e.Hour)];
        int[] views = HoursOf("offer_viewed");
        int[] completions = HoursOf("offer_completed");
        return views.Length > 0 && completions.Length > 0 && views.Min() <= completions.Max();
    }

    private static double? Number(string text) => text.Length > 0 ? double.Parse(text, CultureInfo.InvariantCulture) : null;
}
