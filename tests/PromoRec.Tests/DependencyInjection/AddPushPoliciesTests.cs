using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromoRec.Consent;
using PromoRec.Consent.Packs;
using PromoRec.Push;
using PromoRec.Push.Engine;
using PromoRec.Push.FrequencyCap;
using PromoRec.Push.Ledger;
using PromoRec.Push.PolicyFile;
using PromoRec.Tests.Push;
using PromoRec.Tests.Push.PolicyFile;
using PromoRec.Tests.Ranking;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.DependencyInjection;

public sealed class AddPushPoliciesTests
{
    [Fact]
    public void The_rules_of_a_file_are_asked_in_the_order_in_which_the_file_is_told()
    {
        PushPolicyFile file = PolicyFiles.Of(
            """
            'gaps': [{ 'gap': '4h' }],
            'caps': [{ 'limit': 3, 'window': 'day' }, { 'by': ['channel'], 'limit': 1, 'window': '7d', 'name': 'mine' }],
            'quietHours': { 'everyDay': ['21:00-08:00'], 'channels': { 'sms': {} } },
            'duplicates': { 'content': false },
            'cooldowns': [{ 'after': 'dismissed', 'length': '3d' }],
            'minimumScores': [{ 'minimum': 0.5 }]
            """);
        using ServiceProvider provider = Build(builder => builder.AddPushPolicies(file));

        string[] asked = [.. provider.GetRequiredService<PushPolicySet>().Policies.Select(policy => policy.Name)];

        Assert.Equal(file.Rules.Select(rule => rule.Name).OfType<string>().Distinct(), asked);
        Assert.Equal(file.Rules.Select(rule => rule.Stage).OfType<PushStage>(), file.Rules.Select(rule => rule.Stage).OfType<PushStage>().Order());
        Assert.Contains("mine", asked);
    }

    [Fact]
    public void What_a_host_says_of_all_options_before_does_not_keep_them_from_being_checked()
    {
        var services = new ServiceCollection();
        services.ConfigureAll<FrequencyCapOptions>(options => options.Limit = 1);
        services.AddOptions<FrequencyCapOptions>().Validate(_ => true);
        services.AddPromoRec().AddPush().UseInMemoryPushStore().UsePushCustomers<CustomerStub>()
            .AddFrequencyCap(options => options.Length = TimeSpan.Zero).AddFrequencyCap(options => options.Limit = 0);
        using ServiceProvider provider = services.BuildServiceProvider();

        OptionsValidationException fault = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IPushEngine>);

        Assert.Contains(nameof(FrequencyCapOptions.Length), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_file_says_reaches_the_options_and_leaves_the_others_as_they_are()
    {
        PushPolicyFile file = PolicyFiles.Of(
            """
            'channels': ['kiosk'],
            'zone': { 'unknown': 'fallback', 'fallback': 'Asia/Tokyo' },
            'consent': { 'countries': { 'CH': 'US' } },
            'ledger': { 'retention': '200d' },
            'engine': { 'timeToLive': '1m' }
            """);
        using ServiceProvider provider = Build(builder => builder.AddPush(options => options.TransactionalWithoutStore = true).AddPushPolicies(file));

        PushOptions push = provider.GetRequiredService<IOptions<PushOptions>>().Value;
        Assert.Equal((TimeSpan.FromMinutes(1), true), (push.TimeToLive, push.TransactionalWithoutStore));
        Assert.Equal([new ChannelId("kiosk")], push.Channels);
        Assert.Equal(TimeSpan.FromDays(200), provider.GetRequiredService<IOptions<LedgerOptions>>().Value.Retention);
        Assert.Equal("US", provider.GetRequiredService<JurisdictionPacks>().For("CH").Id);
        Assert.Equal("DE", provider.GetRequiredService<JurisdictionPacks>().For("DE").Id);
    }

    [Fact]
    public async Task An_engine_with_a_file_decides_as_the_file_says()
    {
        PushPolicyFile file = PolicyFiles.Of("'caps': [{ 'limit': 1, 'window': '7d' }], 'zone': { 'unknown': 'fallback', 'fallback': 'Asia/Tokyo' }, 'quietHours': { 'everyDay': ['00:00-06:00'] }, 'engine': { 'legalQuietHours': false }");
        var time = new ManualTime(new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.Zero));
        using ServiceProvider provider = Build(
            builder => builder.AddPushPolicies(file).UseInMemoryPushStore().UsePushCustomers(new CustomerStub { Find = _ => new PushCustomer { UserId = Request.UserId, Reachable = [ChannelId.Email] } }),
            time);
        await provider.GetRequiredService<IConsentStore>().AppendAsync(
            Request.UserId,
            [new ConsentEvent { EventId = "1", At = time.Now, State = ConsentState.Granted, Channel = ChannelId.Email }],
            cancellationToken: TestContext.Current.CancellationToken);
        IPushEngine engine = provider.GetRequiredService<IPushEngine>();
        PushRequest email = Request with { Channel = ChannelId.Email };

        PushReservation first = await engine.TryReserveAsync(email, cancellationToken: TestContext.Current.CancellationToken);
        PushDecision second = await engine.DecideAsync(email with { Occurrence = "2" }, cancellationToken: TestContext.Current.CancellationToken);
        PushDecision sms = await engine.DecideAsync(email with { Channel = ChannelId.Sms }, cancellationToken: TestContext.Current.CancellationToken);
        time.Now = time.Now.AddDays(8).AddHours(7);
        PushDecision night = await engine.DecideAsync(email with { Occurrence = "3" }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(PushOutcome.SendNow, first.Decision.Outcome);
        Assert.Equal((PushReason.FrequencyCap, "cap:all:1/7d"), (second.Reason, second.Policy));
        Assert.Equal((PushReason.NoConsent, "consent"), (sms.Reason, sms.Policy));
        Assert.Equal((PushOutcome.Defer, new DateTimeOffset(2026, 3, 18, 21, 0, 0, TimeSpan.Zero)), (night.Outcome, night.Until!.Value));
    }

    private static ServiceProvider Build(Action<PromoRecBuilder> configure, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        if (time is not null)
        {
            services.AddSingleton(time);
        }

        configure(services.AddPromoRec());
        return services.BuildServiceProvider();
    }
}
