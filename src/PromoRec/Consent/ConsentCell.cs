namespace PromoRec.Consent;

/// <summary>What holds for one purpose, channel and topic with everything above it: all that a question needs, in eight bytes.</summary>
/// <param name="State">As in <see cref="ConsentAnswer"/>.</param>
/// <param name="Level">As in <see cref="ConsentAnswer"/>.</param>
/// <param name="Facts">What else holds.</param>
internal readonly record struct ConsentCell(ConsentState State, ConsentLevel Level, ConsentFacts Facts)
{
    public bool IsRefused => State >= ConsentState.Denied;

    public bool Has(ConsentFacts fact) => (Facts & fact) == fact;

    /// <summary>The cell with what was said further down.</summary>
    public ConsentCell With(in ConsentNode node) => node.IsRefused ? Refused(node) : new ConsentCell(Stronger(node.Said), Level, Facts | node.Facts);

    private ConsentCell Refused(in ConsentNode node)
    {
        // The widest refusal speaks, but suppression above all.
        bool speaks = !IsRefused || (node.IsSuppressed && State != ConsentState.Suppressed);
        ConsentFacts facts = node.Level == ConsentLevel.Topic ? Facts | ConsentFacts.TopicRefused : Facts;
        return speaks ? new ConsentCell(node.State, node.Level, facts) : this with { Facts = facts };
    }

    private ConsentState Stronger(ConsentState said) => IsRefused || Strength(State) >= Strength(said) ? State : said;

    private static int Strength(ConsentState state) => state switch
    {
        ConsentState.Granted => 3,
        ConsentState.SoftOptIn => 2,
        ConsentState.Pending => 1,
        _ => 0,
    };
}
