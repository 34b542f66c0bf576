using System.Collections.Immutable;

namespace PromoRec.Push.PolicyFile;

/// <summary>A policy file cannot be used. Its code is <see cref="PromoRecErrorCode.InvalidPolicy"/>.</summary>
public sealed class PolicyFileException : PromoRecException
{
    internal PolicyFileException(string fileName, ImmutableArray<PolicyFileFault> faults, string message)
        : base(PromoRecErrorCode.InvalidPolicy, message)
    {
        FileName = fileName;
        Faults = faults;
    }

    /// <summary>The file's name, as it was given.</summary>
    public string FileName { get; }

    /// <summary>Everything that is wrong with it, by line and column.</summary>
    public ImmutableArray<PolicyFileFault> Faults { get; }
}
