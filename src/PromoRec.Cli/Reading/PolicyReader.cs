using PromoRec.Cli.Output;
using PromoRec.Push.PolicyFile;

namespace PromoRec.Cli.Reading;

/// <summary>Reads a policy file that a person named.</summary>
internal static class PolicyReader
{
    /// <summary>Reads a policy file and shows its warnings.</summary>
    /// <exception cref="InputException">The file is absent or no text.</exception>
    /// <exception cref="PolicyFileException">The file cannot be used.</exception>
    public static PushPolicyFile Read(string path, ProgressLine progress)
    {
        using CheckedTextStream text = InputFile.OpenText(path);
        PushPolicyFile file = PushPolicyFile.Read(text, path);
        foreach (PolicyFileFault warning in file.Warnings)
        {
            progress.Warn(PolicyFaults.At(path, warning));
        }

        return file;
    }
}
