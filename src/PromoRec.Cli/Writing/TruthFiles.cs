using System.Globalization;
using CsvHelper;
using PromoRec.Cli.Reading;
using PromoRec.Testing.Simulation;

namespace PromoRec.Cli.Writing;

/// <summary>Writes what only a simulation knows: customers with their traits, and every push with its true probabilities.</summary>
internal static class TruthFiles
{
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void WriteCustomers(string path, IEnumerable<SimulatedCustomer> customers, CancellationToken cancellationToken) => ShopFiles.Write(path, csv =>
    {
        csv.WriteRecord(["user", "segments", "time_zone", "joined_at", "churns_at", "consents", "channels", "permission", "sessions_per_day", "price_sensitivity", "loyalty", "responsiveness", "opt_out_tendency"]);
        foreach (SimulatedCustomer customer in customers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            csv.WriteRecord(
            [
                customer.Id.ToString(),
                BarList.Join(customer.Segments),
                customer.TimeZone,
                ShopFiles.Time(customer.JoinedAt),
                ShopFiles.Time(customer.ChurnsAt),
                BarList.Join(customer.Consents.Select(Consent)),
                BarList.Join(customer.Consents.Select(Name)),
                Flag(customer.Consents.Contains(SimulatedChannel.App)),
                ShopFiles.Number(customer.SessionsPerDay),
                ShopFiles.Number(customer.PriceSensitivity),
                ShopFiles.Number(customer.Loyalty),
                ShopFiles.Number(customer.Responsiveness),
                ShopFiles.Number(customer.OptOutTendency),
            ]);
        }
    });

    /// <summary>Writes all pushes and says how many there were.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static long WritePushes(string path, IEnumerable<SimulatedPush> pushes, CancellationToken cancellationToken)
    {
        long count = 0;
        ShopFiles.Write(path, csv =>
        {
            csv.WriteRecord(
            [
                "push", "user", "offer", "channel", "at", "sent", "event", "offer_propensity", "channel_propensity", "send_propensity", "propensity", "fatigue",
                "redeem_if_pushed", "redeem_if_not_pushed", "click", "dismiss", "unsubscribe", "redeemed_at", "clicked", "dismissed", "unsubscribed",
            ]);
            foreach (SimulatedPush push in pushes)
            {
                cancellationToken.ThrowIfCancellationRequested();
                WritePush(csv, push);
                count++;
            }
        });
        return count;
    }

    private static void WritePush(CsvWriter csv, SimulatedPush push) => csv.WriteRecord(
    [
        push.Number.ToString(CultureInfo.InvariantCulture),
        push.UserId.ToString(),
        push.OfferId.ToString(),
        Name(push.Channel),
        ShopFiles.Time(push.At),
        Flag(push.Sent),
        push.EventId ?? string.Empty,
        ShopFiles.Number(push.OfferPropensity),
        ShopFiles.Number(push.ChannelPropensity),
        ShopFiles.Number(push.SendPropensity),
        ShopFiles.Number(push.Propensity),
        ShopFiles.Number(push.Fatigue),
        ShopFiles.Number(push.Odds.RedeemIfPushed),
        ShopFiles.Number(push.Odds.RedeemIfNotPushed),
        ShopFiles.Number(push.Odds.Click),
        ShopFiles.Number(push.Odds.Dismiss),
        ShopFiles.Number(push.Odds.Unsubscribe),
        ShopFiles.Time(push.RedeemedAt),
        Flag(push.Clicked),
        Flag(push.Dismissed),
        Flag(push.Unsubscribed),
    ]);

    /// <summary>Text messages need a grant for their topic.</summary>
    private static string Consent(SimulatedChannel channel) => channel == SimulatedChannel.Sms ? $"sms:{ShopFiles.Topic}=confirmed" : $"{Name(channel)}=confirmed";

    private static string Name(SimulatedChannel channel) => channel switch
    {
        SimulatedChannel.App => "push",
        SimulatedChannel.Email => "email",
        _ => "sms",
    };

    private static string Flag(bool value) => value ? "true" : "false";
}
