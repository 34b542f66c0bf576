namespace PromoRec.Consumer.Tests;

/// <summary>Finds the files of the repository that these tests read.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

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
