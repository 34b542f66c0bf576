using PromoRec.Push.PolicyFile;

namespace PromoRec.Cli.Output;

/// <summary>What one rule of a policy file means.</summary>
internal sealed record PolicyRuleEntry(string? Stage, string Path, string? Name, string Sentence)
{
    public static PolicyRuleEntry Of(PolicyFileRule rule) => new(rule.Stage?.ToString().ToLowerInvariant(), rule.Path, rule.Name, rule.Sentence);
}
