using System.Text.RegularExpressions;

namespace PromoRec.Tests.Repository;

/// <summary>Reads the files of the repository, build outputs left out. Paths are relative to its root, with '/'.</summary>
internal static partial class SourceTree
{
    public static IEnumerable<string> Files(string pattern, params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, folder), pattern, SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(TestData.RepositoryRoot, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "artifacts" or "TestResults"))
        .Order(StringComparer.Ordinal);

    public static string Text(string relativePath) => File.ReadAllText(Path.Combine(TestData.RepositoryRoot, relativePath));

    /// <summary>C# without its line comments, so that prose is not taken for code.</summary>
    public static string WithoutComments(string code) => LineComment().Replace(code, string.Empty);

    [GeneratedRegex("//[^\n]*", RegexOptions.CultureInvariant)]
    private static partial Regex LineComment();
}
