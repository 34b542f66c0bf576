namespace PromoRec.Push.FrequencyCap;

/// <summary>How many pushes a customer may get in some time. Where several caps apply, each of them holds.</summary>
public sealed class FrequencyCapOptions
{
    /// <summary>Its name in traces, 1 to 64 characters; a name made of the rule, such as "cap:channel:3/7d", unless set.</summary>
    public string? Name { get; set; }

    /// <summary>What is counted on its own: all pushes of a customer together unless set.</summary>
    public PushScope Scope { get; set; } = PushScope.Global;

    /// <summary>The key to count by when <see cref="Scope"/> has <see cref="PushScope.Key"/>; else null.</summary>
    public string? KeyName { get; set; }

    /// <summary>Most pushes in a window: 1 to 1000, 3 unless set.</summary>
    public int Limit { get; set; } = 3;

    /// <summary>The kind of window: rolling unless set.</summary>
    public CapWindowKind Window { get; set; } = CapWindowKind.Rolling;

    /// <summary>Length of a rolling window: one minute to 366 days and at most as long as the ledger remembers, seven days unless set. Other windows have their own.</summary>
    public TimeSpan Length { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The day on which a calendar week begins: Monday unless set.</summary>
    public DayOfWeek WeekStart { get; set; } = DayOfWeek.Monday;

    /// <summary>What happens when there is no room: the push is dropped unless set.</summary>
    public CapAction Action { get; set; } = CapAction.Drop;

    /// <summary>The pushes that the cap holds back: all of them unless set.</summary>
    public PushFilter AppliesTo { get; } = new();

    /// <summary>The pushes that the cap counts: all that its scope counts unless set.</summary>
    public PushFilter CountOnly { get; } = new();

    /// <summary>
    /// Whether a push that this cap is about is held back by it alone, and not by caps that look at something wider only. From wide to narrow: everything,
    /// channel, category, campaign, offer, key; what counts is the narrowest thing in <see cref="Scope"/> and <see cref="AppliesTo"/>. False unless set.
    /// </summary>
    public bool OverrideParent { get; set; }
}
