namespace PromoRec.Cli.Output;

/// <summary>Writes words so that a POSIX shell reads them as they are.</summary>
internal static class ShellText
{
    private const string Plain = "_@%+=:,./-";

    /// <summary>The word, in single quotes where it holds anything that the shell would change.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
