using System.Text.Json;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using PromoRec.Push;
using PromoRec.Push.Engine;
using PromoRec.Tests.Properties;
using PromoRec.Tests.Push;
using PromoRec.Tests.Push.Consent;
using PromoRec.Tests.Ranking;

namespace PromoRec.Tests.DependencyInjection;

/// <summary>A shop that has added a policy of every kind.</summary>
public sealed class WholeShopTests
{
    [Fact]
    public void A_trace_of_every_policy_is_the_same_bytes_each_time_and_complete_below_two_kilobytes()
    {
        using ServiceProvider shop = Build();
        using ServiceProvider again = Build();
        IPushEngine engine = shop.GetRequiredService<IPushEngine>();
        int policies = shop.GetRequiredService<PushPolicySet>().Policies.Length;

        ForAll(context =>
        {
            PushDecision explained = engine.Explain(context.Request, context.Snapshot);
            byte[] bytes = explained.ToUtf8Json();

            Assert.Equal(engine.Decide(context.Request, context.Snapshot), explained with { Trace = null });
            Assert.Equal(bytes, again.GetRequiredService<IPushEngine>().Explain(context.Request, context.Snapshot).ToUtf8Json());
            Assert.True(bytes.Length < PushDecisionJson.MaxLength);
            using JsonDocument document = JsonDocument.Parse(bytes);
            Assert.Equal(policies, document.RootElement.GetProperty("rules").GetArrayLength());
        });
    }

    [Fact]
    public void A_decision_without_a_trace_allocates_nothing()
    {
        using ServiceProvider shop = Build();
        IPushEngine engine = shop.GetRequiredService<IPushEngine>();

        ForAll(context =>
        {
            engine.Decide(context.Request, context.Snapshot);
            long before = GC.GetAllocatedBytesForCurrentThread();
            engine.Decide(context.Request, context.Snapshot);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        });
    }

    private static ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new ManualTime(PushScenario.Noon));
        services.AddPromoRec()
            .AddQuietHours()
            .AddFrequencyCap(cap => (cap.Limit, cap.Length) = (3, TimeSpan.FromDays(7)))
            .AddFrequencyCap(cap => (cap.Scope, cap.Window, cap.Limit) = (PushScope.Channel | PushScope.Category, CapWindowKind.CalendarMonth, 2))
            .AddFrequencyCap(cap => (cap.Scope, cap.Window, cap.Limit) = (PushScope.Campaign, CapWindowKind.Lifetime, 5))
            .AddMinimumGap(gap => gap.Gap = TimeSpan.FromHours(4))
            .AddCooldown(_ => { })
            .AddCooldown(cooldown => cooldown.After = CustomerFactKind.Dismissed)
            .AddMinimumScore(score => score.Minimum = 0.25f)
            .AddDuplicateSuppression()
            .AddOfferLimits(limits => limits.ShopZone = "Europe/Berlin")
            .UsePushCustomers(new CustomerStub())
            .UseInMemoryPushStore();
        return services.BuildServiceProvider();
    }

    /// <summary>Customers in several countries who have said this and that, and got some messages.</summary>
    private static void ForAll(Action<PushContext> check) =>
        Prop.ForAll(ConsentCases.Contexts.Zip(Gen.Choose(0, 8)).ToArbitrary(), each =>
        {
            (PushContext context, int sent) = each;
            PushRequest request = context.Request with { ContentHash = "a text", Offer = context.Request.Offer with { MinimumSpend = 20, ValidTo = PushScenario.Noon.AddDays(sent) } };
            DateTimeOffset now = context.Snapshot.Now;
            PushSnapshot snapshot = context.Snapshot with
            {
                History = PushScenario.At(now, [.. Enumerable.Range(0, sent).Select(i => PushScenario.Sent(request with { Occurrence = $"{i}", ContentHash = $"{i}" }, now.AddHours(-40 * (sent - i))))]).History,
            };
            check(PushScenario.Context(request, snapshot));
        }).Holds(500);
}
