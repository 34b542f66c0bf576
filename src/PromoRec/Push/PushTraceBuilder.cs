namespace PromoRec.Push;

/// <summary>Collects what the policies of one decision saw.</summary>
internal sealed class PushTraceBuilder
{
    private readonly List<PushObservation> _saw = [];

    public void Saw(string name, decimal value) => _saw.Add(new PushObservation(name, value, null, null));

    public void Saw(string name, DateTimeOffset value) => _saw.Add(new PushObservation(name, null, value, null));

    public void Saw(string name, string value) => _saw.Add(new PushObservation(name, null, null, value));
}
