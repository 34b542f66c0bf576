namespace PromoRec.Tests.Quality;

/// <summary>What a customer had done with earlier offers at the hour of a receipt.</summary>
internal sealed class StarbucksAnswers
{
    private const string None = "none";

    public StarbucksAnswers(StarbucksShop shop, StarbucksReceipt receipt, IReadOnlyList<StarbucksEvent> past)
    {
        List<int> delays = [];
        int received = 0;
        int asking = 0;
        foreach (StarbucksEvent earlier in past.Where(e => e.Kind == "offer_received"))
        {
            StarbucksOffer offer = shop.Offer(earlier.Offer);
            StarbucksEvent[] answers = [.. past.Where(e => e.Offer == offer.Id && e.Hour >= earlier.Hour && e.Hour <= earlier.Hour + offer.DurationHours)];
            StarbucksEvent? view = Array.Find(answers, e => e.Kind == "offer_viewed");
            StarbucksEvent? completion = Array.FindLast(answers, e => e.Kind == "offer_completed");
            received++;
            asking += offer.Type == "informational" ? 0 : 1;
            if (view is not null)
            {
                delays.Add(view.Hour - earlier.Hour);
            }

            Last = (view, completion) switch
            {
                ({ } v, { } c) when v.Hour <= c.Hour => "answered",
                (_, not null) => "completed",
                (not null, _) => "viewed",
                _ => "ignored",
            };
            LastOfType = offer.Type == receipt.Offer.Type ? Last : LastOfType;
            LastOfOffer = offer.Id == receipt.Offer.Id ? Last : LastOfOffer;
            if (completion is null && earlier.Hour + offer.DurationHours > receipt.Hour)
            {
                Open = offer.Id;
                IsOpenViewed = view is not null;
            }
        }

        ViewShare = received > 0 ? (double)delays.Count / received : null;
        ViewDelay = delays.Count > 0 ? delays.Average() : null;
        CompletionShare = asking > 0 ? Math.Min(1, (double)past.Count(e => e.Kind == "offer_completed") / asking) : null;
    }

    /// <summary>What became of the last offer: answered (viewed, then completed), completed, viewed, ignored or none.</summary>
    public string Last { get; } = None;

    /// <summary>The same for the last offer of the same type.</summary>
    public string LastOfType { get; } = None;

    /// <summary>The same for the same offer.</summary>
    public string LastOfOffer { get; } = None;

    /// <summary>The last offer that can still be completed, or none.</summary>
    public string Open { get; } = None;

    public bool IsOpenViewed { get; }

    /// <summary>Share of received offers that were viewed in their time; null where none was received.</summary>
    public double? ViewShare { get; }

    /// <summary>Mean hours from a receipt to the view.</summary>
    public double? ViewDelay { get; }

    /// <summary>Completions for each offer that can be completed, at most 1.</summary>
    public double? CompletionShare { get; }
}
