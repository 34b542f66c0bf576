using PromoRec.Push;

namespace PromoRec.Cli.Output;

/// <summary>Says what to fill in when nothing was sent because too little is known of customers.</summary>
internal static class NothingSent
{
    /// <param name="progress">Takes the hint.</param>
    /// <param name="reasons">How often something was dropped, by reason.</param>
    public static void Hint(ProgressLine progress, IReadOnlyDictionary<string, long> reasons)
    {
        if (Has(PushReason.UnknownZone))
        {
            progress.Say("hint: nothing was sent, and some of it because the time zone of customers is not known. Fill in their column 'time_zone', or say with --assume-zone which zone to take.");
        }

        if (Has(PushReason.NoConsent) || Has(PushReason.ConsentPending))
        {
            progress.Say(
                "hint: nothing was sent, and some of it for want of consent. Where the country of a customer is not known, the strictest rules hold: fill in the column 'country', or say one with --assume-country. "
                + "Some channels need consent for the topic of the push: fill in the column 'topic' of pushes or offers. --assume-consent takes customers of whom nothing is said to have agreed.");
        }

        bool Has(PushReason reason) => reasons.ContainsKey(PushReasons.CodeOf(reason));
    }
}
