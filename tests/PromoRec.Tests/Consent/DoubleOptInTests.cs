using System.Security.Cryptography;
using System.Text;
using PromoRec.Consent;

namespace PromoRec.Tests.Consent;

public class DoubleOptInTests
{
    private static readonly ConsentQuestion Needed = new(ConsentNeed.DoubleOptIn);

    private static UserId Customer => ConsentDesk.Customer;

    private static ConsentStatement ByEmail => ConsentDesk.ByEmail;

    [Fact]
    public async Task A_confirmed_double_opt_in_is_a_grant_with_the_whole_proof()
    {
        var desk = new ConsentDesk();
        DoubleOptInRequest request = await desk.Service.RequestDoubleOptInAsync(Customer, ByEmail with { EncryptedIp = "ip-1" });
        Assert.Equal(ConsentState.Pending, request.View.StateOf(ChannelId.Email));
        Assert.Equal(Ledgers.Start.AddDays(7), request.ExpiresAt);

        desk.Time.Now += TimeSpan.FromHours(3);
        DoubleOptInResult result = await desk.Service.ConfirmDoubleOptInAsync(Customer, request.Token, "ip-2");
        Assert.Equal(DoubleOptInOutcome.Confirmed, result.Outcome);
        Assert.True(IsConfirmed(result.View));
        ConsentEvent[] events = await desk.EventsAsync();
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(request.Token!)));
        Assert.Equal([(ConsentState.Pending, Ledgers.Start, hash, "ip-1", "v1"), (ConsentState.Granted, Ledgers.Start.AddHours(3), hash, "ip-2", "v1")], events.Select(entry => (entry.State, entry.At, entry.TokenHash, entry.EncryptedIp, entry.TextVersion)));
    }

    [Fact]
    public async Task A_token_has_256_bits_and_is_stored_nowhere()
    {
        var desk = new ConsentDesk();
        string[] tokens = new string[100];
        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = (await desk.Service.RequestDoubleOptInAsync(Customer, ByEmail)).Token!;
        }

        Assert.All(tokens, token => Assert.Equal(43, token.Length));
        Assert.Equal(tokens.Length, tokens.Distinct().Count());
        Assert.All(await desk.EventsAsync(), entry => Assert.All(tokens, token => Assert.DoesNotContain(token, entry.ToString(), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_request_is_stored_before_the_token_is_returned()
    {
        var desk = new ConsentDesk(new UnavailableStore());

        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await desk.Service.RequestDoubleOptInAsync(Customer, ByEmail));
    }

    [Fact]
    public async Task A_token_is_good_for_seven_days_less_a_moment()
    {
        var desk = new ConsentDesk();
        string early = (await desk.Service.RequestDoubleOptInAsync(Customer, ByEmail)).Token!;
        string late = (await desk.Service.RequestDoubleOptInAsync(Customer, ByEmail)).Token!;
        desk.Time.Now += TimeSpan.FromDays(7) - TimeSpan.FromTicks(1);
        Assert.Equal(DoubleOptInOutcome.Confirmed, (await desk.Service.ConfirmDoubleOptInAsync(Customer, early)).Outcome);

        desk.Time.Now += TimeSpan.FromTicks(1);
        Assert.Equal(DoubleOptInOutcome.Expired, (await desk.Service.ConfirmDoubleOptInAsync(Customer, late)).Outcome);
    }

    [Fact]
    public async Task A_token_is_good_once()
    {
        var desk = new ConsentDesk();
        string token = (await desk.Service.RequestDoubleOptInAsync(Customer, ByEmail)).Token!;
        await desk.Service.ConfirmDoubleOptInAsync(Customer, token);
        await desk.Service.WithdrawAsync(Customer, ByEmail);
        DoubleOptInResult again = await desk.Service.ConfirmDoubleOptInAsync(Customer, token);

        Assert.Equal((DoubleOptInOutcome.AlreadyUsed, ConsentState.Withdrawn), (again.Outcome, again.View.StateOf(ChannelId.Email)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("\uD800")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_wrong_token_confirms_nothing(string? token)
    {
        var desk = new ConsentDesk();
        await desk.Service.RequestDoubleOptInAsync(Customer, ByEmail);

        Assert.Equal(DoubleOptInOutcome.Unknown, (await desk.Service.ConfirmDoubleOptInAsync(Customer, token)).Outcome);
        Assert.Equal(DoubleOptInOutcome.Unknown, (await desk.Service.ConfirmDoubleOptInAsync(Customer, new string('x', 1_000_000))).Outcome);
        Assert.Single(await desk.EventsAsync());
    }

    [Fact]
    public async Task A_token_is_good_for_its_own_customer_only()
    {
        var desk = new ConsentDesk();
        string token = (await desk.Service.RequestDoubleOptInAsync(Customer, ByEmail)).Token!;

        Assert.Equal(DoubleOptInOutcome.Unknown, (await desk.Service.ConfirmDoubleOptInAsync("other", token)).Outcome);
    }

    [Fact]
    public async Task The_hash_of_a_token_is_no_token()
    {
        var desk = new ConsentDesk();
        await desk.Service.RequestDoubleOptInAsync(Customer, ByEmail);

        Assert.Equal(DoubleOptInOutcome.Unknown, (await desk.Service.ConfirmDoubleOptInAsync(Customer, (await desk.EventsAsync())[0].TokenHash)).Outcome);
    }

    [Fact]
    public async Task What_the_customer_refused_after_asking_stays_refused()
    {
        (ChannelId, string)[] above = [(default, ""), (ChannelId.Email, ""), (ChannelId.Email, "offers"), (default, "offers")];
        foreach ((ChannelId channel, string topic) in above)
        {
            var desk = new ConsentDesk();
            string token = (await desk.Service.RequestDoubleOptInAsync(Customer, ByEmail with { Topic = "offers" })).Token!;
            await desk.Service.WithdrawAsync(Customer, new ConsentStatement { Channel = channel, Topic = topic });
            DoubleOptInResult result = await desk.Service.ConfirmDoubleOptInAsync(Customer, token);

            Assert.Equal((DoubleOptInOutcome.Void, ConsentState.Withdrawn), (result.Outcome, result.View.StateOf(ChannelId.Email, "offers")));
        }
    }

    [Fact]
    public async Task What_was_refused_elsewhere_does_not_matter()
    {
        var desk = new ConsentDesk();
        string token = (await desk.Service.RequestDoubleOptInAsync(Customer, ByEmail with { Topic = "offers" })).Token!;
        await desk.Service.WithdrawAsync(Customer, new ConsentStatement { Channel = ChannelId.Sms });
        await desk.Service.WithdrawAsync(Customer, new ConsentStatement { Channel = ChannelId.Email, Topic = "offers/shoes" });
        await desk.Service.WithdrawAsync(Customer, new ConsentStatement { Purpose = ConsentPurpose.Personalization });

        Assert.Equal(DoubleOptInOutcome.Confirmed, (await desk.Service.ConfirmDoubleOptInAsync(Customer, token)).Outcome);
    }

    [Fact]
    public async Task A_customer_who_left_returns_by_confirming_a_new_request()
    {
        var desk = new ConsentDesk();
        await desk.Service.WithdrawAsync(Customer, ByEmail);
        DoubleOptInRequest request = await desk.Service.RequestDoubleOptInAsync(Customer, ByEmail);
        Assert.Equal(ConsentState.Withdrawn, request.View.StateOf(ChannelId.Email));

        Assert.True(IsConfirmed((await desk.Service.ConfirmDoubleOptInAsync(Customer, request.Token)).View));
    }

    [Fact]
    public async Task A_grant_without_confirmation_is_no_double_opt_in()
    {
        var desk = new ConsentDesk();

        Assert.False(IsConfirmed((await desk.Service.GrantAsync(Customer, ByEmail)).View));
        Assert.False(IsConfirmed((await desk.Service.RequestDoubleOptInAsync(Customer, ByEmail)).View));
    }

    [Fact]
    public async Task Of_64_confirmations_at_once_on_two_replicas_one_wins()
    {
        var store = new InMemoryConsentStore();
        ConsentService[] replicas = [new ConsentDesk(store).Service, new ConsentDesk(store).Service];
        for (int round = 0; round < 20; round++)
        {
            UserId customer = round;
            string token = (await replicas[0].RequestDoubleOptInAsync(customer, ByEmail)).Token!;
            DoubleOptInResult[] results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () => await replicas[i % 2].ConfirmDoubleOptInAsync(customer, token))));

            Assert.Single(results, result => result.Outcome == DoubleOptInOutcome.Confirmed);
            Assert.Equal(63, results.Count(result => result.Outcome == DoubleOptInOutcome.AlreadyUsed));
            Assert.All(results, result => Assert.True(IsConfirmed(result.View)));
            Assert.Equal(2, (await store.ReadAsync(customer)).Version);
        }
    }

    private static bool IsConfirmed(ConsentView view) => view.Resolve(ConsentPurpose.Marketing, ChannelId.Email, "", Needed).IsSufficient;
}
