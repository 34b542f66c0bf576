using System.Globalization;
using CsvHelper;
using PromoRec.Cli.Reading;
using PromoRec.Interactions;

namespace PromoRec.Cli.Writing;

/// <summary>Writes interactions, items and offers as the readers of this tool read them.</summary>
internal static class ShopFiles
{
    /// <summary>The topic that customers of a simulated shop may leave.</summary>
    public const string Topic = "offers";

    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <summary>Writes interactions as they come and says how many there were.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static long WriteInteractions(string path, IEnumerable<Interaction> interactions, Action<long> progress, CancellationToken cancellationToken)
    {
        long count = 0;
        Write(path, csv =>
        {
            csv.WriteRecord([.. InteractionReader.Columns.Names]);
            foreach (Interaction interaction in interactions)
            {
                csv.WriteField(interaction.User.ToString());
                csv.WriteField(interaction.Item.ToString());
                csv.WriteField(interaction.Kind.Name);
                csv.WriteField(interaction.Value, "R", CultureInfo.InvariantCulture);
                csv.WriteField(Time(interaction.At == default ? null : interaction.At));
                csv.WriteField(interaction.Offer.ToString());
                csv.WriteField(interaction.EventId);
                csv.EndRecord();
                if ((++count & 0x3FFF) == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress(count);
                }
            }
        });
        return count;
    }

    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void WriteItems(string path, IEnumerable<Item> items, CancellationToken cancellationToken) => Write(path, csv =>
    {
        csv.WriteRecord([.. ItemReader.Columns.Names]);
        foreach (Item item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IEnumerable<string> numbers = item.Numbers.OrderBy(number => number.Key, StringComparer.Ordinal).Select(number => string.Create(CultureInfo.InvariantCulture, $"{number.Key}={number.Value:R}"));
            csv.WriteRecord(
                [item.Id.ToString(), BarList.Join(item.Categories), item.Brand ?? string.Empty, Number(item.Price), item.Text ?? string.Empty, BarList.Join(item.Tags), BarList.Join(numbers)]);
        }
    });

    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void WriteOffers(string path, IEnumerable<Offer> offers, CancellationToken cancellationToken) => Write(path, csv =>
    {
        csv.WriteRecord([.. OfferReader.Columns.Names]);
        foreach (Offer offer in offers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            csv.WriteRecord(
            [
                offer.Id.ToString(),
                OfferFormName.Of(offer.Terms.Form),
                offer.Terms.Form switch
                {
                    OfferForm.BuyAndGet => string.Create(CultureInfo.InvariantCulture, $"{offer.Terms.BuyQuantity}+{offer.Terms.GetQuantity}"),
                    OfferForm.FreeShipping => string.Empty,
                    _ => Number(offer.Terms.Value),
                },
                BarList.Join(offer.Targets.Select(target => target.ToString())),
                Time(offer.ValidFrom),
                Time(offer.ValidTo),
                Number(offer.MinimumSpend),
                offer.Budget?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
                BarList.Join(offer.Segments),
                offer.Text ?? string.Empty,

                // Nothing about campaigns, channels and priorities: those are the shop's business.
                string.Empty,
                string.Empty,
                Topic,
                string.Empty,
                string.Empty,
                Number(offer.Margin),
                Number(offer.Cost),
                offer.Merchant ?? string.Empty,
            ]);
        }
    });

    /// <summary>Writes a table that appears under its name when it is whole.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, Action<CsvWriter> write)
    {
        using OutputFile file = OutputFile.Create(path);
        OutputFile.Guard(path, () =>
        {
            using CsvWriter csv = TableWriter.Create(file.Stream);
            write(csv);
            return true;
        });
        file.Commit();
    }

    public static string Time(DateTimeOffset? time) => time?.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture) ?? string.Empty;

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Number(decimal? value) => value?.ToString("0.############################", CultureInfo.InvariantCulture) ?? string.Empty;
}
