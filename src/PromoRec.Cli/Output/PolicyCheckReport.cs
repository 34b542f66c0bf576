using PromoRec.Push.PolicyFile;

namespace PromoRec.Cli.Output;

/// <summary>What <c>policy check --json</c> writes.</summary>
internal sealed record PolicyCheckReport
{
    public required string File { get; init; }

    public required bool IsValid { get; init; }

    public required IReadOnlyList<PolicyFaultEntry> Faults { get; init; }

    public required IReadOnlyList<PolicyFaultEntry> Warnings { get; init; }

    /// <summary>What the file means, in the order in which its rules are applied; empty when it has faults.</summary>
    public required IReadOnlyList<PolicyRuleEntry> Rules { get; init; }

    public static PolicyCheckReport Of(string path, PushPolicyFile file) => new()
    {
        File = path,
        IsValid = true,
        Faults = [],
        Warnings = [.. file.Warnings.Select(PolicyFaultEntry.Of)],
        Rules = [.. file.Rules.Select(PolicyRuleEntry.Of)],
    };

    public static PolicyCheckReport Of(string path, PolicyFileException exception) => new()
    {
        File = path,
        IsValid = false,
        Faults = [.. exception.Faults.Select(PolicyFaultEntry.Of)],
        Warnings = [],
        Rules = [],
    };
}
