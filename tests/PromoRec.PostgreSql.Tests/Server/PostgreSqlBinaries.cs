namespace PromoRec.PostgreSql.Tests.Server;

/// <summary>Where the server's programs are: on the PATH, or where Debian puts them.</summary>
public static class PostgreSqlBinaries
{
    private const string DebianFolder = "/usr/lib/postgresql";
    private static readonly string[] Needed = ["initdb", "pg_basebackup", "pg_ctl", "postgres"];

    /// <summary>What a person is told who has no server.</summary>
    public const string Missing = "PostgreSQL's initdb, pg_basebackup, pg_ctl and postgres are neither on the PATH nor under /usr/lib/postgresql. Install them with: apt-get install postgresql";

    /// <summary>The folder, or null where there is no server.</summary>
    public static string? Find() => Candidates().Select(Resolve).FirstOrDefault(folder => Needed.All(program => File.Exists(Path.Combine(folder, program))));

    // Where single programs are linked into a folder of the PATH, the others are beside what they lead to.
    private static string Resolve(string folder)
    {
        FileInfo postgres = new(Path.Combine(folder, "postgres"));
        return postgres.Exists && postgres.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Path.GetDirectoryName(target.FullName)! : folder;
    }

    private static IEnumerable<string> Candidates()
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return folder;
        }

        if (Directory.Exists(DebianFolder))
        {
            foreach (string version in Directory.GetDirectories(DebianFolder).OrderByDescending(folder => folder, StringComparer.Ordinal))
            {
                yield return Path.Combine(version, "bin");
            }
        }
    }
}
