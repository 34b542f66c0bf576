using Microsoft.Extensions.DependencyInjection;
using PromoRec;
using PromoRec.Consent;
using PromoRec.Push;
using PromoRec.Push.Ledger;

// The rules of the shop. Suppression, consent, topics left, pauses and the validity of offers are looked at without being asked for.
ServiceCollection services = new();
services.AddSingleton<TimeProvider>(new NoonClock());
services.AddPromoRec()
    .AddQuietHours()
    .AddFrequencyCap(cap => (cap.Limit, cap.Length) = (1, TimeSpan.FromHours(24)))
    .AddDuplicateSuppression()
    .AddPushPolicy<SmsForLargeOrders>()
    .UsePushCustomers<ShopCustomers>()
    .UseInMemoryPushStore();
await using ServiceProvider provider = services.BuildServiceProvider();

// What customers said. Germany wants a confirmed opt-in for e-mail and text messages, so the link in the mail brings the token back.
ConsentService consent = provider.GetRequiredService<ConsentService>();
foreach (string customer in (string[])["ann", "bea"])
{
    foreach (ChannelId channel in (ChannelId[])[ChannelId.Email, ChannelId.Sms])
    {
        ConsentStatement asked = new() { Channel = channel, Topic = "offers", Source = "checkout", TextVersion = "2026-01" };
        DoubleOptInRequest request = await consent.RequestDoubleOptInAsync(customer, asked);
        await consent.ConfirmDoubleOptInAsync(customer, request.Token);
    }
}

// May it be sent? If so, the place is held in the same step.
Offer offer = new() { Id = "spring", Terms = OfferTerms.SpendThreshold(30), MinimumSpend = 250 };
IPushEngine engine = provider.GetRequiredService<IPushEngine>();
(string Customer, ChannelId Channel)[] wanted = [("bea", ChannelId.Sms), ("ann", ChannelId.Sms), ("ann", ChannelId.Email), ("cem", ChannelId.Email)];
foreach ((string customer, ChannelId channel) in wanted)
{
    PushRequest push = new() { UserId = customer, Offer = offer, Channel = channel, Campaign = "spring-2026", Topic = "offers" };
    PushReservation held = await engine.TryReserveAsync(push);
    Console.WriteLine($"{customer} by {channel}: {held.Decision.Outcome} {PushReasons.LabelOf(held.Decision.Reason)} ({held.Decision.Policy})");

    // The last gate before the provider is called: nothing begins once consent was withdrawn. Afterwards say what became of it.
    if (held.Place is not null && await engine.BeginAsync(customer, held.Key) == SettlementStatus.Done)
    {
        await engine.CommitAsync(customer, held.Key);
    }
}

// Why not? Every policy is asked, and says what it saw and what would turn its verdict.
PushDecision why = await engine.DecideAsync(new PushRequest { UserId = "ann", Offer = offer, Channel = ChannelId.Email, Campaign = "spring-2026", Topic = "offers" }, explain: true);
foreach (PushTraceEntry entry in why.Trace!.Entries)
{
    Console.WriteLine($"  {entry.Stage}: {entry.Policy} says {entry.Verdict.Kind}");
}
