using PromoRec.Consent;

namespace PromoRec.Cli.Reading;

/// <summary>What a customers file says about consent, as the events that a shop would have recorded.</summary>
/// <remarks>A file that says "granted" shows no proof; "written" and "confirmed" say that the shop has it.</remarks>
internal static class ConsentWords
{
    private const string FileText = "as the customers file says";

    public static IReadOnlyList<string> All { get; } = ["granted", "written", "confirmed", "pending", "denied", "withdrawn", "suppressed", "unknown"];

    /// <summary>The events of a word, oldest first; null where there is no such word.</summary>
    /// <param name="word">The word.</param>
    /// <param name="channel">The channel; the default value for every channel.</param>
    /// <param name="topic">The topic; empty for every topic.</param>
    /// <param name="name">Begins the ids of the events.</param>
    public static ConsentEvent[]? EventsOf(string word, ChannelId channel, string topic, string name)
    {
        ConsentEvent said = new() { EventId = name, At = DateTimeOffset.UnixEpoch, State = ConsentState.Granted, Channel = channel, Topic = topic, Basis = LegalBasis.Consent };
        return word.Trim().ToUpperInvariant() switch
        {
            "GRANTED" => [said],
            "WRITTEN" => [said with { TextVersion = FileText }],
            "CONFIRMED" => [said with { EventId = $"{name}/asked", State = ConsentState.Pending, TokenHash = name }, said with { TokenHash = name, TextVersion = FileText }],
            "PENDING" => [said with { State = ConsentState.Pending }],
            "DENIED" => [said with { State = ConsentState.Denied }],
            "WITHDRAWN" => [said with { State = ConsentState.Withdrawn }],
            "SUPPRESSED" => [said with { State = ConsentState.Suppressed }],
            "UNKNOWN" => [],
            _ => null,
        };
    }
}
