using System.Collections.Immutable;

namespace PromoRec.Push.Engine;

/// <summary>The policies of an engine in the order in which they are asked.</summary>
internal sealed class PushPolicySet
{
    /// <summary>Longest name of a policy in characters, so that a trace stays small.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Orders policies by stage and, inside a stage, as they stand.</summary>
    /// <exception cref="PromoRecException">A policy has no usable name or stage, or two have one name.</exception>
    public PushPolicySet(IEnumerable<IPushPolicy> policies)
    {
        Policies = [.. policies.OrderBy(policy => policy.Stage)];
        List<string> faults = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (IPushPolicy policy in Policies)
        {
            if (string.IsNullOrWhiteSpace(policy.Name) || policy.Name.Length > MaxNameLength || policy.Name.Any(char.IsControl))
            {
                faults.Add($"The policy {policy.GetType().Name} has the name '{policy.Name}'; a name has 1 to {MaxNameLength} printable characters.");
            }
            else if (!names.Add(policy.Name))
            {
                faults.Add($"Two policies have the name '{policy.Name}'; give one of them another, so that a trace tells them apart.");
            }

            if (!Enum.IsDefined(policy.Stage))
            {
                faults.Add($"The policy '{policy.Name}' belongs to the stage {(int)policy.Stage}, which there is not; use one of {string.Join(", ", Enum.GetNames<PushStage>())}.");
            }
        }

        if (faults.Count > 0)
        {
            throw new PromoRecException(PromoRecErrorCode.InvalidPolicy, string.Join(' ', faults));
        }
    }

    public ImmutableArray<IPushPolicy> Policies { get; }
}
