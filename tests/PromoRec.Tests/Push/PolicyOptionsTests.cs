using Microsoft.Extensions.Options;
using PromoRec.Push;
using PromoRec.Push.Cooldown;
using PromoRec.Push.Duplicate;
using PromoRec.Push.FrequencyCap;
using PromoRec.Push.MinimumGap;
using PromoRec.Push.MinimumScore;

namespace PromoRec.Tests.Push;

public sealed class PolicyOptionsTests
{
    private static readonly PushEnvironment Environment = new(TimeSpan.FromDays(100), []);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void The_defaults_are_valid()
    {
        Assert.Empty(Faults(new FrequencyCapOptions()));
        Assert.Empty(Faults(new MinimumGapOptions()));
        Assert.Empty(Faults(new CooldownOptions()));
        Assert.Empty(Faults(new DuplicateOptions()));
        Assert.Empty(Faults(new MinimumScoreOptions()));
    }

    [Fact]
    public void A_cap_reports_every_fault_at_once()
    {
        FrequencyCapOptions options = new()
        {
            Name = " ",
            Scope = (PushScope)64,
            KeyName = "brand",
            Limit = 0,
            Length = TimeSpan.Zero,
            WeekStart = (DayOfWeek)9,
            Action = (CapAction)5,
        };
        options.AppliesTo.Channels.Add(new ChannelId("fax"));
        options.CountOnly.Categories.Add("");

        IReadOnlyList<string> faults = Faults(options);

        Assert.Equal(["Name", "Scope", "KeyName", "Limit", "Length", "WeekStart", "Action", "AppliesTo", "CountOnly"], faults.Select(fault => fault.Split(' ', ':')[1]));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1000, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(1001, false)]
    public void A_limit_is_from_one_to_a_thousand(int limit, bool isValid) => Assert.Equal(isValid, Faults(new FrequencyCapOptions { Limit = limit }).Count == 0);

    [Fact]
    public void A_window_is_from_a_minute_to_what_the_ledger_remembers()
    {
        Assert.Empty(Faults(new FrequencyCapOptions { Length = TimeSpan.FromMinutes(1) }));
        Assert.Empty(Faults(new FrequencyCapOptions { Length = 100 * Day }));
        Assert.Single(Faults(new FrequencyCapOptions { Length = TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1) }));
        Assert.Contains("forgets after 100 days", Assert.Single(Faults(new FrequencyCapOptions { Length = (100 * Day) + TimeSpan.FromTicks(1) })), StringComparison.Ordinal);
        Assert.Contains("366 days", Assert.Single(Faults(new FrequencyCapOptions { Length = 367 * Day })), StringComparison.Ordinal);
        Assert.Single(Faults(new MinimumGapOptions { Gap = 101 * Day }));
        Assert.Single(Faults(new DuplicateOptions { OfferCooldown = 101 * Day }));
    }

    [Fact]
    public void A_length_that_a_window_does_not_use_is_not_looked_at() =>
        Assert.Empty(Faults(new FrequencyCapOptions { Window = CapWindowKind.Lifetime, Length = TimeSpan.Zero }));

    [Fact]
    public void A_ledger_that_remembers_thirty_days_counts_no_month() => Assert.NotEmpty(
        new FrequencyCapOptionsValidator(new PushEnvironment(30 * Day, [])).Validate(null, new FrequencyCapOptions { Window = CapWindowKind.CalendarMonth }).Failures ?? []);

    [Fact]
    public void A_key_is_named_exactly_when_it_is_counted_by()
    {
        Assert.Empty(Faults(new FrequencyCapOptions { Scope = PushScope.Key | PushScope.Channel, KeyName = "brand" }));
        Assert.Contains("KeyName", Assert.Single(Faults(new FrequencyCapOptions { Scope = PushScope.Key })), StringComparison.Ordinal);
        Assert.Contains("KeyName", Assert.Single(Faults(new MinimumGapOptions { KeyName = "brand" })), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_ledger_remembers_for_thirty_days_cannot_be_compared_for_longer()
    {
        Assert.Contains("30 days", Assert.Single(Faults(new DuplicateOptions { ContentWindow = 31 * Day })), StringComparison.Ordinal);
        Assert.Contains("30 days", Assert.Single(Faults(new DuplicateOptions { NaturalKeyWindow = 31 * Day })), StringComparison.Ordinal);
        Assert.Equal(3, Faults(new DuplicateOptions { OfferCooldown = -Day, ContentWindow = TimeSpan.FromSeconds(1), NaturalKeyWindow = 40 * Day }).Count);
    }

    [Fact]
    public void Cooldowns_and_scores_have_ranges()
    {
        Assert.Equal(2, Faults(new CooldownOptions { After = (CustomerFactKind)5, Length = 400 * Day }).Count);
        Assert.Single(Faults(new MinimumScoreOptions { Minimum = float.NaN }));
        Assert.Single(Faults(new MinimumScoreOptions { Minimum = float.PositiveInfinity }));
    }

    private static IReadOnlyList<string> Faults(FrequencyCapOptions options) => FaultsOf(new FrequencyCapOptionsValidator(Environment), options);

    private static IReadOnlyList<string> Faults(MinimumGapOptions options) => FaultsOf(new MinimumGapOptionsValidator(Environment), options);

    private static IReadOnlyList<string> Faults(CooldownOptions options) => FaultsOf(new CooldownOptionsValidator(Environment), options);

    private static IReadOnlyList<string> Faults(DuplicateOptions options) => FaultsOf(new DuplicateOptionsValidator(Environment), options);

    private static IReadOnlyList<string> Faults(MinimumScoreOptions options) => FaultsOf(new MinimumScoreOptionsValidator(Environment), options);

    private static IReadOnlyList<string> FaultsOf<T>(IValidateOptions<T> validator, T options)
        where T : class => [.. validator.Validate(null, options).Failures ?? []];
}
