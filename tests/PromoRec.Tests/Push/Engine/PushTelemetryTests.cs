using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using PromoRec.Push;
using PromoRec.Push.Engine;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push.Engine;

public sealed class PushTelemetryTests
{
    [Fact]
    public async Task Decisions_are_counted_by_outcome_and_reason_and_name_no_customer()
    {
        PushShop shop = new(PolicyStub.Drops("telemetry", PushReason.Snoozed, PushStage.Preference));
        List<(long Count, string Tags)> counted = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Meter.Name: "PromoRec", Name: "promorec.push.decisions" })
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            lock (counted)
            {
                counted.Add((count, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
            }
        });
        listener.Start();

        await shop.Engine.DecideAsync(Request);
        await shop.Engine.TryReserveAsync(Request);
        await shop.Engine.TryReserveAsync([Request, Request with { Occurrence = "2" }]);

        // Other tests run at the same time, but none of them for this reason.
        lock (counted)
        {
            Assert.Equal(4, counted.Count(each => each == (1, "promorec.outcome=drop promorec.reason=snoozed")));
            Assert.DoesNotContain(counted, each => each.Tags.Contains("ann", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_policy_that_fails_is_named_in_the_log_and_what_its_exception_says_is_not()
    {
        Lines lines = new();
        PolicyStub broken = new("broken", PushStage.Channel, _ => throw new InvalidOperationException("ann@example.org"));

        new PushDecider(new PushPolicySet([broken]), ZoneOf, TimeToLive, lines).Decide(Request, Snapshot);

        string line = Assert.Single(lines.All);
        Assert.Contains("broken", line, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException", line, StringComparison.Ordinal);
        Assert.Contains(nameof(A_policy_that_fails_is_named_in_the_log_and_what_its_exception_says_is_not), line, StringComparison.Ordinal);
        Assert.DoesNotContain("ann@", line, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_library_itself_says_is_wrong_and_verdicts_that_are_none_are_in_the_log_word_for_word()
    {
        Lines lines = new();
        foreach (Func<DateTimeOffset, PushVerdict> bad in (Func<DateTimeOffset, PushVerdict>[])
        [
            _ => throw new PromoRecException(PromoRecErrorCode.InvalidPolicy, "Set the key."),
            _ => PushVerdict.Drop(PushReason.None),
            at => PushVerdict.Defer(PushReason.HostPolicy, at),
        ])
        {
            new PushDecider(new PushPolicySet([new PolicyStub("bad", PushStage.Channel, bad)]), ZoneOf, TimeToLive, lines).Decide(Request, Snapshot);
        }

        Assert.Equal(3, lines.All.Count);
        Assert.Contains("Set the key.", lines.All[0], StringComparison.Ordinal);
        Assert.Contains("a refusal whose reason is none of PushReason", lines.All[1], StringComparison.Ordinal);
        Assert.Contains("a deferral to an instant that is not later", lines.All[2], StringComparison.Ordinal);
    }

    private sealed class Lines : ILogger
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add($"{formatter(state, exception)} {exception}");
    }
}
