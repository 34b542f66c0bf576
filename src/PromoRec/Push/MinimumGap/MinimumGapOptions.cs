namespace PromoRec.Push.MinimumGap;

/// <summary>How long a customer is left in peace between two pushes.</summary>
public sealed class MinimumGapOptions
{
    /// <summary>Its name in traces, 1 to 64 characters; a name made of the rule, such as "gap:channel:4h", unless set.</summary>
    public string? Name { get; set; }

    /// <summary>The shortest time from one push to the next: one minute to 366 days and at most as long as the ledger remembers, four hours unless set.</summary>
    public TimeSpan Gap { get; set; } = TimeSpan.FromHours(4);

    /// <summary>What has its own gap: all pushes of a customer together unless set.</summary>
    public PushScope Scope { get; set; } = PushScope.Global;

    /// <summary>The key that has its own gap when <see cref="Scope"/> has <see cref="PushScope.Key"/>; else null.</summary>
    public string? KeyName { get; set; }

    /// <summary>What happens when the last push was too short a while ago: the push is dropped unless set.</summary>
    public CapAction Action { get; set; } = CapAction.Drop;

    /// <summary>The pushes that wait: all of them unless set.</summary>
    public PushFilter AppliesTo { get; } = new();

    /// <summary>The pushes that are waited after: all of its scope unless set.</summary>
    public PushFilter CountOnly { get; } = new();
}
