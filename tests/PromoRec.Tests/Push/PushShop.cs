using Microsoft.Extensions.Logging.Abstractions;
using PromoRec.Push;
using PromoRec.Push.Engine;
using PromoRec.Push.FrequencyCap;
using PromoRec.Tests.Ranking;

namespace PromoRec.Tests.Push;

/// <summary>An engine with stores, a clock and customers that a test can turn.</summary>
internal sealed class PushShop
{
    public PushShop(params IEnumerable<IPushPolicy> policies)
    {
        Ledger = new LedgerStub(Time);
        Engine = new PushEngine(new PushPolicySet(policies), PushScenario.ZoneOf, Ledger, Consents, Customers, Options, NullLogger.Instance);
    }

    public ManualTime Time { get; } = new(PushScenario.Noon);

    public LedgerStub Ledger { get; }

    public ConsentStub Consents { get; } = new();

    public CustomerStub Customers { get; } = new() { Find = _ => PushScenario.Snapshot.Customer };

    public PushOptions Options { get; } = new();

    public PushEngine Engine { get; }

    /// <summary>An engine with the options as they are now.</summary>
    public PushEngine Again(params IEnumerable<IPushPolicy> policies) =>
        new(new PushPolicySet(policies), PushScenario.ZoneOf, Ledger, Consents, Customers, Options, NullLogger.Instance);

    public static FrequencyCapPolicy Cap(int limit, TimeSpan length, Action<FrequencyCapOptions>? configure = null)
    {
        var options = new FrequencyCapOptions { Limit = limit, Length = length };
        configure?.Invoke(options);
        return FrequencyCapPolicy.Create([options])[0];
    }
}
