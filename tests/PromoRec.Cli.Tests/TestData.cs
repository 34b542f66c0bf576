namespace PromoRec.Cli.Tests;

/// <summary>Finds the data sets beside the repository. They are read in place and never copied.</summary>
internal static class TestData
{
    /// <summary>Path of a data file; skips the test, visibly, where the data folder is absent.</summary>
    public static string Require(string relativePath)
    {
        string path = Path.Combine(RepositoryRoot, "..", "shared", "data", relativePath);
        Assert.SkipUnless(File.Exists(path), $"The data file ../shared/data/{relativePath} is absent beside the repository.");
        return Path.GetFullPath(path);
    }

    /// <summary>The folder that holds the solution.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PromoRec.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No PromoRec.sln above {AppContext.BaseDirectory}.");
    }
}
