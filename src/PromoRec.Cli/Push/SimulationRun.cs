using PromoRec.Cli.Output;
using PromoRec.Push.PolicyFile;

namespace PromoRec.Cli.Push;

/// <summary>One history under one policy file, or in step under two.</summary>
internal sealed class SimulationRun : IDisposable
{
    private readonly PushPolicyFile _firstFile;
    private readonly PushPolicyFile? _secondFile;
    private readonly PushAudience _audience;
    private readonly ReplayComparison _comparison = new();
    private readonly HashSet<UserId> _customers = [];
    private readonly PolicyReplay _first;
    private readonly PolicyReplay? _second;
    private DateTimeOffset _begin;
    private DateTimeOffset _end;

    public SimulationRun(PushPolicyFile first, PushPolicyFile? second, PushAudience audience)
    {
        _firstFile = first;
        _secondFile = second;
        _audience = audience;
        _first = new PolicyReplay(first, audience, second is null ? static (_, _) => { } : (index, outcome) => _comparison.Ended(isFirst: true, index, outcome));
        _second = second is null ? null : new PolicyReplay(second, audience, (index, outcome) => _comparison.Ended(isFirst: false, index, outcome));
    }

    public long Attempts { get; private set; }

    /// <summary>Takes attempts of one instant; none may be earlier than those before.</summary>
    public void Take(IReadOnlyList<PushEvent> attempts)
    {
        _begin = Attempts == 0 ? attempts[0].At : _begin;
        _end = attempts[0].At;
        foreach (PushEvent attempt in attempts)
        {
            _customers.Add(attempt.Request.UserId);
            _audience.Consents.AssumeTopic(attempt.Request.Topic);
        }

        _first.Take(Attempts, attempts);
        _second?.Take(Attempts, attempts);
        Attempts += attempts.Count;
    }

    public void Finish()
    {
        _first.Finish();
        _second?.Finish();
    }

    public PolicySimulateReport Report(int badRows, double seconds) => new()
    {
        Attempts = Attempts,
        Customers = _customers.Count,
        First = _begin,
        Last = _end,
        BadRows = badRows,
        Policies = PolicyReplayReport.Of(_firstFile.Name, _first.Tally),
        Against = _second is null ? null : PolicyReplayReport.Of(_secondFile!.Name, _second.Tally),
        Comparison = _second is null ? null : ComparisonReport.Of(_comparison),
        Seconds = seconds,
    };

    public void Dispose()
    {
        _first.Dispose();
        _second?.Dispose();
    }
}
