using PromoRec.Push.PolicyFile;

namespace PromoRec.Tests.Push.PolicyFile;

/// <summary>Policy files made of a few members, with quotes that need no escaping.</summary>
internal static class PolicyFiles
{
    public static PushPolicyFile Of(string members) => PushPolicyFile.Parse($"{{ \"format\": 1,\n{members.Replace('\'', '"')} }}", "shop.json");

    public static IReadOnlyList<PolicyFileFault> FaultsOf(string members) => Assert.Throws<PolicyFileException>(() => Of(members)).Faults;

    /// <summary>The paths that warnings are about.</summary>
    public static IEnumerable<string> DoubtsOf(string members) => Of(members).Warnings.Select(warning => warning.Path);
}
