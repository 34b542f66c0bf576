using System.Globalization;
using System.Text;

namespace PromoRec.Cli.Reading;

/// <summary>Reads an offers file. Its columns are described in docs/guide/offers-file.md.</summary>
internal static class OfferReader
{
    public static readonly ColumnSet Columns = new(
        "offers",
        "a header such as id,form,value,targets,valid_from,valid_to and a row for each offer",
        "id", "form", "value", "targets", "valid_from", "valid_to", "minimum_spend", "budget", "segments", "text",
        "campaign", "category", "topic", "channels", "priority", "margin", "cost", "merchant")
    {
        Needed = ["id"],
    };

    public const int Campaign = 10;
    public const int Category = 11;
    public const int Topic = 12;
    public const int Channels = 13;
    public const int Priority = 14;

    private const int Id = 0;
    private const int Form = 1;
    private const int Value = 2;
    private const int Targets = 3;
    private const int ValidFrom = 4;
    private const int ValidTo = 5;
    private const int MinimumSpend = 6;
    private const int Budget = 7;
    private const int Segments = 8;
    private const int Description = 9;
    private const int Margin = 15;
    private const int Cost = 16;
    private const int Merchant = 17;

    /// <summary>Reads all offers.</summary>
    /// <exception cref="InputException">The file cannot be read, or has a bad row more than allowed.</exception>
    public static List<Offer> Read(string path, TimeZoneInfo zone, BadRows badRows, CancellationToken cancellationToken) =>
        [.. Read(path, zone, badRows, static (offer, _) => offer, cancellationToken)];

    /// <summary>Reads all offers with what stands beside each of them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="zone">Zone of times without offset.</param>
    /// <param name="badRows">Takes what cannot be used.</param>
    /// <param name="make">Makes what is returned of an offer and its row.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InputException">The file cannot be read, or has a bad row more than allowed.</exception>
    public static List<T> Read<T>(string path, TimeZoneInfo zone, BadRows badRows, Func<Offer, RowFields, T> make, CancellationToken cancellationToken)
    {
        using RowSource rows = InputFile.OpenRows(path, Columns, ColumnMapping.None);
        if (!rows.MayHave(Id))
        {
            throw InputException.File(path, $"the header has no column 'id'. Expected {Columns.Expected}.", 1);
        }

        var fields = new RowFields(rows, Columns, zone);
        var offers = new List<T>();
        var lines = new Dictionary<OfferId, long>();
        rows.ReadAll(badRows, () =>
        {
            Offer offer = Parse(rows, zone);
            T made = make(offer, fields);
            if (!lines.TryAdd(offer.Id, rows.Line))
            {
                throw Bad(rows, Id, $"offer '{Excerpt.Of(offer.Id.ToString())}' stands in line {lines[offer.Id]} already. Give every offer its own id.");
            }

            offers.Add(made);
        }, cancellationToken);
        return offers.Count > 0 ? offers : throw InputException.File(path, "there are no offers in the file. Expected a row for each offer.");
    }

    private static Offer Parse(RowSource rows, TimeZoneInfo zone)
    {
        if (FieldText.FaultOfId(rows[Id]) is { } fault)
        {
            throw Bad(rows, Id, fault);
        }

        DateTimeOffset? from = Time(rows, ValidFrom, zone);
        DateTimeOffset? to = Time(rows, ValidTo, zone);
        if (to <= from)
        {
            throw Bad(rows, ValidTo, $"'{Excerpt.Of(rows[ValidTo])}' is not after valid_from.");
        }

        decimal? minimumSpend = FieldText.Trim(rows[MinimumSpend]).IsEmpty ? null : Number(rows, MinimumSpend, 0, decimal.MaxValue);
        OfferTerms terms = Terms(rows);
        if (terms.Form == OfferForm.SpendThreshold && minimumSpend is null or 0)
        {
            throw Bad(rows, MinimumSpend, "a spend-threshold offer needs the basket from which it holds. Expected an amount above 0.");
        }

        return new Offer
        {
            Id = Encoding.UTF8.GetString(FieldText.Trim(rows[Id])),
            Terms = terms,
            Targets = ParseTargets(rows),
            ValidFrom = from,
            ValidTo = to,
            MinimumSpend = minimumSpend,
            Budget = ParseBudget(rows),
            Segments = BarList.Split(Encoding.UTF8.GetString(rows[Segments])),
            Margin = ParseMargin(rows),
            Cost = FieldText.Trim(rows[Cost]).IsEmpty ? null : Number(rows, Cost, 0, decimal.MaxValue),
            Merchant = FieldText.Text(rows[Merchant]),
            Text = FieldText.Text(rows[Description]),
        };
    }

    private static OfferTerms Terms(RowSource rows)
    {
        string name = FieldText.Text(rows[Form]) ?? OfferFormName.Of(OfferForm.CashOff);
        if (!OfferFormName.TryParse(name, out OfferForm form))
        {
            throw Bad(rows, Form, $"there is no form '{Excerpt.Of(name)}'.{Suggestion.For(name, OfferFormName.All)} The forms are {string.Join(", ", OfferFormName.All)}.");
        }

        return form switch
        {
            OfferForm.CashOff => OfferTerms.CashOff(Above0(rows)),
            OfferForm.PercentOff => OfferTerms.PercentOff(Percent(rows)),
            OfferForm.SpendThreshold => OfferTerms.SpendThreshold(Above0(rows)),
            OfferForm.TimeLimitedPrice => OfferTerms.TimeLimitedPrice(Number(rows, Value, 0, decimal.MaxValue)),
            OfferForm.BuyAndGet => BuyAndGet(rows),
            OfferForm.Bundle => OfferTerms.Bundle(Number(rows, Value, 0, decimal.MaxValue)),
            OfferForm.Member => OfferTerms.Member(Percent(rows)),
            OfferForm.Points => OfferTerms.Points(Points(rows)),
            _ => OfferTerms.FreeShipping,
        };
    }

    private static decimal Above0(RowSource rows) =>
        FieldText.TryDecimal(rows[Value], out decimal value) && value > 0
            ? value
            : throw Bad(rows, Value, $"'{Excerpt.Of(rows[Value])}' is not an amount above 0.");

    private static decimal Percent(RowSource rows) =>
        FieldText.TryDecimal(rows[Value], out decimal value) && value is > 0 and <= 100
            ? value
            : throw Bad(rows, Value, $"'{Excerpt.Of(rows[Value])}' is not a percentage. Expected a number above 0 and at most 100.");

    private static int Points(RowSource rows) =>
        FieldText.TryDecimal(rows[Value], out decimal value) && value is >= 1 and <= int.MaxValue && decimal.IsInteger(value)
            ? (int)value
            : throw Bad(rows, Value, $"'{Excerpt.Of(rows[Value])}' is not a number of points. Expected a whole number from 1.");

    private static OfferTerms BuyAndGet(RowSource rows)
    {
        string[] parts = Encoding.UTF8.GetString(rows[Value]).Split('+', StringSplitOptions.TrimEntries);
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int buy)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int get)
            && buy > 0 && get > 0
                ? OfferTerms.BuyAndGet(buy, get)
                : throw Bad(rows, Value, $"'{Excerpt.Of(rows[Value])}' does not say how many to buy and get. Expected two whole numbers from 1, such as 2+1.");
    }

    private static decimal Number(RowSource rows, int column, decimal least, decimal most) =>
        FieldText.TryDecimal(rows[column], out decimal value) && value >= least && value <= most
            ? value
            : throw Bad(rows, column, $"'{Excerpt.Of(rows[column])}' is not a number of {least} or above.");

    private static decimal? ParseMargin(RowSource rows) =>
        FieldText.Trim(rows[Margin]).IsEmpty ? null
            : FieldText.TryDecimal(rows[Margin], out decimal margin) ? margin
            : throw Bad(rows, Margin, $"'{Excerpt.Of(rows[Margin])}' is not an amount. Expected a number, below 0 for a loss.");

    private static long? ParseBudget(RowSource rows) =>
        FieldText.Trim(rows[Budget]).IsEmpty ? null
            : FieldText.TryNumber(FieldText.Trim(rows[Budget]), out long budget) ? budget
            : throw Bad(rows, Budget, $"'{Excerpt.Of(rows[Budget])}' is not a number of redemptions. Expected a whole number from 0.");

    private static List<OfferTarget> ParseTargets(RowSource rows)
    {
        var targets = new List<OfferTarget>();
        foreach (string text in BarList.Split(Encoding.UTF8.GetString(rows[Targets])))
        {
            if (!TargetText.TryParse(text, out OfferTarget? target))
            {
                throw Bad(rows, Targets, $"'{Excerpt.Of(text)}' is not a target. Expected item:ID, category:NAME, brand:NAME or shop, and | between several.");
            }

            targets.Add(target);
        }

        return targets.Count > 0 ? targets : [OfferTarget.WholeShop];
    }

    private static DateTimeOffset? Time(RowSource rows, int column, TimeZoneInfo zone) =>
        FieldText.Trim(rows[column]).IsEmpty ? null
            : TimeText.TryParse(rows[column], zone, out DateTimeOffset time) ? time
            : throw Bad(rows, column, $"'{Excerpt.Of(rows[column])}' is not a time. {TimeText.Expected}");

    private static InputException Bad(RowSource rows, int column, string problem) =>
        InputException.Row(rows.Path, rows.Line, Columns.Names[column], problem);
}
