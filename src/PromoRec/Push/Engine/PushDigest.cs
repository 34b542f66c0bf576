using PromoRec.Push.Ledger;

namespace PromoRec.Push.Engine;

/// <summary>Several pushes to one customer that go out as one message: what it is called, and the one place that it needs.</summary>
internal static class PushDigest
{
    /// <summary>Every digest has it, so that what was sent in one is found by what it was made of.</summary>
    public static LedgerLabel Label { get; } = LedgerLabel.Of("digest", "");

    /// <summary>What a digest is found by when one of its parts comes again: the part's own name, or else what it is.</summary>
    public static LedgerLabel PartOf(PushRequest request) => request.Key is { } own ? LedgerLabel.Of("digest-part", own) : PushLabels.Natural(NaturalKey.Of(request));

    /// <summary>The name of the digest that a push waits for: the last, where it has waited through several quiet hours. Null when it waits for none.</summary>
    public static string? NameOf(List<(IPushPolicy Policy, PushWait Wait)> waits)
    {
        string? name = null;
        foreach ((_, PushWait wait) in waits)
        {
            name = wait.Kind == PushWaitKind.Digest ? $"digest:{wait.Label}" : name;
        }

        return name;
    }
}
