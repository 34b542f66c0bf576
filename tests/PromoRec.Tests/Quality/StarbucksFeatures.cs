using PromoRec.Datasets.Features;

namespace PromoRec.Tests.Quality;

/// <summary>What is known of a customer and an offer at a receipt, as features of a linear model: nothing that happened in its hour or later.</summary>
internal sealed class StarbucksFeatures
{
    private static readonly string[] Fates = ["answered", "completed", "viewed", "ignored", "none"];

    private readonly StarbucksShop _shop;
    private readonly bool _hasHistory;

    private StarbucksFeatures(StarbucksShop shop, FeatureSchemaBuilder schema, bool hasHistory)
    {
        _shop = shop;
        _hasHistory = hasHistory;
        Schema = schema.Build();
    }

    public FeatureSchema Schema { get; }

    /// <summary>Offer and profile, in ranges and crosses.</summary>
    public static StarbucksFeatures Plain(StarbucksShop shop) => new(shop, PlainSchema(), hasHistory: false);

    /// <summary>The same, and what the customer did before the receipt.</summary>
    public static StarbucksFeatures WithHistory(StarbucksShop shop) => new(shop, AddHistory(PlainSchema()), hasHistory: true);

    /// <summary>The examples of receipts, with their answers as labels.</summary>
    /// <param name="receipts">The receipts.</param>
    /// <param name="areOfKnownWaves">Whether the model may learn how willing the customers of each wave were as a whole. Of a wave to come nobody knows it.</param>
    public ExampleSet Examples(IEnumerable<StarbucksReceipt> receipts, bool areOfKnownWaves)
    {
        var builder = new ExampleSetBuilder(Schema);
        var values = new FeatureValues(Schema);
        foreach (StarbucksReceipt receipt in receipts)
        {
            values.Clear();
            SetPlain(values, receipt);
            if (_hasHistory)
            {
                SetHistory(values, receipt, areOfKnownWaves);
            }

            builder.Add(values, receipt.IsAnswered);
        }

        return builder.Build();
    }

    private static FeatureSchemaBuilder PlainSchema() => new FeatureSchemaBuilder { HashBits = 14 }
        .AddCategories("offer", "1", "2", "3", "4", "6", "7")
        .AddCategories("type", "bogo", "discount")
        .AddCategories("gender", "F", "M", "O")
        .AddBuckets("age", 25, 35, 45, 55, 65, 75)
        .AddBuckets("income", 40_000, 50_000, 60_000, 70_000, 80_000, 90_000, 100_000)
        .AddBuckets("membership", 180, 360, 540, 720, 900, 1080, 1400, 1800)
        .AddNumber("age-number", center: 54, scale: 17)
        .AddNumber("income-number", center: 65_000, scale: 21_000)
        .AddNumber("membership-number", center: 520, scale: 410)
        .AddCategories("profile", "given", "withheld")
        .AddCross("offer x income", "offer", "income")
        .AddCross("offer x age", "offer", "age")
        .AddCross("offer x gender", "offer", "gender")
        .AddCross("offer x membership", "offer", "membership")
        .AddCross("offer x profile", "offer", "profile")
        .AddCross("gender x income", "gender", "income")
        .AddCross("gender x age", "gender", "age")
        .AddCross("gender x membership", "gender", "membership")
        .AddCross("membership x income", "membership", "income");

    // The first wave has no history. How its customers differed from those of the second one must not be learnt as an effect of having one, so the
    // wave is a feature that the penalty hardly holds back, as it stands at ten. Where it is not set, it counts as the middle of the two.
    private static FeatureSchemaBuilder AddHistory(FeatureSchemaBuilder schema) => schema
        .AddNumber("wave", scale: 0.1)
        .AddBuckets("spend-a-day", 0.01, 0.5, 1, 2, 3, 4, 6, 8, 12, 20)
        .AddBuckets("purchases-a-day", 0.01, 0.15, 0.3, 0.45, 0.6, 0.8, 1.1)
        .AddBuckets("median-purchase", 1, 2, 4, 7, 10, 13, 16, 20, 25, 30, 40)
        .AddBuckets("hours-since-purchase", 12, 24, 48, 72, 120)
        .AddNumber("log-spend", center: 3, scale: 1.5)
        .AddNumber("log-median-purchase", center: 2.2, scale: 0.9)
        .AddBuckets("view-share", 0.01, 0.34, 0.51, 0.99)
        .AddBuckets("view-delay", 1, 6, 12, 24, 48, 96)
        .AddBuckets("completion-share", 0.01, 0.34, 0.51, 0.99)
        .AddCategories("last-offer", Fates)
        .AddCategories("last-of-type", Fates)
        .AddCategories("last-of-offer", Fates)
        .AddCategories("open", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "none")
        .AddCategories("open-viewed", "yes", "no")
        .AddCross("offer x median-purchase", "offer", "median-purchase")
        .AddCross("offer x spend", "offer", "spend-a-day")
        .AddCross("offer x purchases", "offer", "purchases-a-day")
        .AddCross("offer x view-share", "offer", "view-share")
        .AddCross("type x view-share", "type", "view-share")
        .AddCross("offer x last-offer", "offer", "last-offer")
        .AddCross("offer x open", "offer", "open")
        .AddCross("median-purchase x purchases", "median-purchase", "purchases-a-day")
        .AddCross("income x median-purchase", "income", "median-purchase");

    private void SetPlain(FeatureValues values, StarbucksReceipt receipt)
    {
        StarbucksCustomer customer = _shop.Customer(receipt.Customer);
        values.Set("offer", receipt.Offer.Id).Set("type", receipt.Offer.Type)
            .Set("membership", customer.MemberDays).Set("membership-number", customer.MemberDays)
            .Set("profile", customer.Age is null ? "withheld" : "given");
        if (customer is { Age: { } age, Income: { } income, Gender: { } gender })
        {
            values.Set("age", age).Set("age-number", age).Set("income", income).Set("income-number", income).Set("gender", gender);
        }
    }

    private void SetHistory(FeatureValues values, StarbucksReceipt receipt, bool isOfKnownWave)
    {
        if (isOfKnownWave)
        {
            values.Set("wave", receipt.Hour == 0 ? -1 : 1);
        }

        if (receipt.Hour == 0)
        {
            return;
        }

        StarbucksEvent[] past = [.. _shop.EventsBefore(receipt.Customer, receipt.Hour)];
        SetPurchases(values, receipt.Hour, [.. past.Where(e => e.Kind == "transaction")]);
        var answers = new StarbucksAnswers(_shop, receipt, past);
        values.Set("last-offer", answers.Last).Set("last-of-type", answers.LastOfType).Set("last-of-offer", answers.LastOfOffer).Set("open", answers.Open);
        if (answers.Open != "none")
        {
            values.Set("open-viewed", answers.IsOpenViewed ? "yes" : "no");
        }

        SetKnown("view-share", answers.ViewShare);
        SetKnown("view-delay", answers.ViewDelay);
        SetKnown("completion-share", answers.CompletionShare);

        void SetKnown(string name, double? value)
        {
            if (value is { } known)
            {
                values.Set(name, known);
            }
        }
    }

    /// <summary>Rates a day, so that waves with histories of different length are alike.</summary>
    private static void SetPurchases(FeatureValues values, int hour, StarbucksEvent[] purchases)
    {
        double days = hour / 24.0;
        double spend = purchases.Sum(e => e.Amount) / days;
        values.Set("spend-a-day", spend).Set("log-spend", Math.Log(1 + (7 * spend))).Set("purchases-a-day", purchases.Length / days);
        if (purchases.Length > 0)
        {
            double median = purchases.Select(e => e.Amount).Order().ElementAt(purchases.Length / 2);
            values.Set("median-purchase", median).Set("log-median-purchase", Math.Log(1 + median)).Set("hours-since-purchase", hour - purchases[^1].Hour);
        }
    }
}
