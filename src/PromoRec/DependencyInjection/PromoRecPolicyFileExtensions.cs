using PromoRec.DependencyInjection;
using PromoRec.Push.PolicyFile;

namespace PromoRec;

/// <summary>Adds the policies of a policy file to the push engine.</summary>
public static class PromoRecPolicyFileExtensions
{
    /// <summary>Adds everything that a policy file says, as if code had said it: its rules come after those that were added before, and its options replace what was set before.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="file">The file, which has been checked when it was read.</param>
    public static PromoRecBuilder AddPushPolicies(this PromoRecBuilder builder, PushPolicyFile file)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(file);
        PolicyFileComposition.Add(builder, file.Draft);
        return builder;
    }
}
