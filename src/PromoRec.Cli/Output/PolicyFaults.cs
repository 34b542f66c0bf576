using PromoRec.Push.PolicyFile;

namespace PromoRec.Cli.Output;

/// <summary>Writes what is wrong with a policy file, a line for each fault.</summary>
internal static class PolicyFaults
{
    public static void Write(TextWriter error, PolicyFileException exception)
    {
        foreach (PolicyFileFault fault in exception.Faults)
        {
            error.WriteLine($"error: {At(exception.FileName, fault)}");
        }
    }

    /// <summary>A fault with its place, in the form that editors make a link of.</summary>
    public static string At(string file, PolicyFileFault fault) => $"{file}:{fault.Line}:{fault.Column}: {fault.Message}";
}
