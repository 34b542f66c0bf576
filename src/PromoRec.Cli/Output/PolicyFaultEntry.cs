using PromoRec.Push.PolicyFile;

namespace PromoRec.Cli.Output;

/// <summary>A fault or a warning of a policy file.</summary>
internal sealed record PolicyFaultEntry(int Line, int Column, string Path, string Message)
{
    public static PolicyFaultEntry Of(PolicyFileFault fault) => new(fault.Line, fault.Column, fault.Path, fault.Message);
}
