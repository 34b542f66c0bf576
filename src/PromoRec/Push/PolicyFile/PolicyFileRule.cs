namespace PromoRec.Push.PolicyFile;

/// <summary>What one rule means that holds with a policy file.</summary>
/// <param name="Stage">The step of the decision it belongs to; null for what several steps rest on, such as the customer's time zone.</param>
/// <param name="Path">Where it stands in the file, such as "caps[2]"; empty for a rule that always holds.</param>
/// <param name="Name">Its name in traces; null for what is no policy.</param>
/// <param name="Sentence">What it means, in one sentence.</param>
public sealed record PolicyFileRule(PushStage? Stage, string Path, string? Name, string Sentence);
