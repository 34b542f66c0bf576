using System.Security.Cryptography;
using System.Text;

namespace PromoRec.Push.Offers.Budgets;

/// <summary>
/// The keys under which budgets stand in a ledger: pool, measure, period and, where each has one of their own, the holder; such as "offer:spring/discount/day" or
/// "offer:spring/uses/total/customer/0f3a…". Nothing in them names a person: customers, identifiers and sessions are pseudonyms under the host's secret.
/// </summary>
internal static class BudgetKeys
{
    private const int MaxNameLength = 64;
    private const int PseudonymBytes = 16;

    public static string Pool(BudgetPool pool, OfferId offer, string campaign) =>
        pool == BudgetPool.Offer ? $"offer:{Name(offer.ToString())}" : $"campaign:{Name(campaign)}";

    /// <summary>The key of a budget that all customers share; else what all of its keys begin with.</summary>
    public static string Of(OfferBudget budget, string pool)
    {
        string key = $"{pool}/{Measure(budget.Measure)}/{Period(budget.Period)}";
        return budget.Holder switch
        {
            BudgetHolder.Everyone => key,
            BudgetHolder.Customer => $"{key}/customer/",
            BudgetHolder.Identifier => budget.Identifier is { } name ? $"{key}/id:{Name(name)}/" : $"{key}/id/",
            BudgetHolder.Store => $"{key}/store/",
            _ => $"{key}/session/",
        };
    }

    /// <summary>What tells a budget from the others of its offer in a trace, such as "uses/day" or "campaign/discount/total/customer".</summary>
    public static string NameOf(OfferBudget budget) => Of(budget, budget.Pool == BudgetPool.Offer ? string.Empty : "campaign").Trim('/');

    /// <summary>What counts the pushes of a pool, day by day.</summary>
    public static string Pushes(string pool) => $"{pool}/pushes/day";

    /// <summary>What a key says is counted.</summary>
    public static BudgetMeasure? MeasureOf(string key) => key.Split('/') is [_, string measure, ..]
        ? measure switch
        {
            "uses" => BudgetMeasure.Redemptions,
            "discount" => BudgetMeasure.DiscountValue,
            "orders" => BudgetMeasure.OrderValue,
            _ => null,
        }
        : null;

    /// <summary>Stands for a person or device under a secret of the host.</summary>
    public static string Pseudonym(ReadOnlySpan<byte> secret, string kind, string value)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{kind.Length}:{kind}{value}"), hash);
        return Convert.ToHexStringLower(hash[..PseudonymBytes]);
    }

    /// <summary>A name that fits into a key and cannot be taken for another part of it.</summary>
    public static string Name(string text) =>
        text.Length is > 0 and <= MaxNameLength && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? text : $"#{StableHash.Of(text):x32}";

    private static string Measure(BudgetMeasure measure) => measure switch
    {
        BudgetMeasure.Redemptions => "uses",
        BudgetMeasure.DiscountValue => "discount",
        _ => "orders",
    };

    private static string Period(BudgetPeriod period) => period switch
    {
        BudgetPeriod.Total => "total",
        BudgetPeriod.Day => "day",
        BudgetPeriod.Week => "week",
        _ => "month",
    };
}
