namespace PromoRec.Push;

/// <summary>Collects what the policies of one decision saw and said.</summary>
internal sealed class PushTraceBuilder(int policies)
{
    private readonly PushTraceEntry?[] _entries = new PushTraceEntry?[policies];
    private readonly List<PushObservation> _saw = [];

    public void Saw(string name, decimal value) => _saw.Add(new PushObservation(name, value, null, null));

    public void Saw(string name, DateTimeOffset value) => _saw.Add(new PushObservation(name, null, value, null));

    public void Saw(string name, string value) => _saw.Add(new PushObservation(name, null, null, value));

    public bool Has(int index) => _entries[index] is not null;

    /// <summary>Closes the entry of the policy that was asked last.</summary>
    public void Close(int index, PushStage stage, string name, DateTimeOffset plannedAt, in PushVerdict verdict)
    {
        // That it was content with the instant to which it had deferred says nothing new.
        if (verdict.Kind != PushVerdictKind.Allow || _entries[index] is not { Verdict.Kind: PushVerdictKind.Defer })
        {
            _entries[index] = new PushTraceEntry(name, stage, plannedAt, verdict, [.. _saw]);
        }

        _saw.Clear();
    }

    public PushTrace Build(DateTimeOffset now) => new(now, [.. _entries.OfType<PushTraceEntry>()]);
}
