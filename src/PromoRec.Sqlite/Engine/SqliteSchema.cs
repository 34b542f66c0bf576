using System.Globalization;
using System.Reflection;
using System.Text;

namespace PromoRec.Sqlite.Engine;

/// <summary>Tells our files from others, and brings old ones to the schema of this version.</summary>
/// <remarks>
/// Migrations are numbered files; each is applied once, under the write lock and in one transaction with the number that records it, so that a
/// process which is killed leaves either all of it or nothing, and no lock.
/// </remarks>
internal static class SqliteSchema
{
    /// <summary>"PrmR", in the header of every file of ours.</summary>
    public const int ApplicationId = 0x5072_6D52;

    private const string Folder = "PromoRec.Sqlite.Migrations.";

    /// <summary>Number of the latest migration.</summary>
    public static int Version => Migrations.Length;

    private static string[] Migrations { get; } = ReadMigrations();

    /// <summary>Throws unless the file is empty or ours, and not newer than this version. Writes nothing.</summary>
    public static void ThrowIfForeign(SqliteDatabase database, string path)
    {
        long applicationId = database.Number("PRAGMA application_id");
        bool isEmpty = database.Number("SELECT count(*) FROM sqlite_schema") == 0;
        if (applicationId != ApplicationId && !(applicationId == 0 && isEmpty))
        {
            throw SqliteFault.Foreign(path, applicationId);
        }

        ThrowIfNewer(database.Number("PRAGMA user_version"), path);
    }

    public static void Migrate(SqliteDatabase database, string path)
    {
        if (database.Number("PRAGMA user_version") >= Version)
        {
            return;
        }

        database.Execute("BEGIN IMMEDIATE");

        // Another process may have been faster, and it may be newer.
        ThrowIfForeign(database, path);
        for (long done = database.Number("PRAGMA user_version"); done < Version; done++)
        {
            database.Execute(Migrations[done]);
        }

        database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT"));
    }

    public static void ThrowIfNewer(long found, string path)
    {
        if (found > Version)
        {
            throw SqliteFault.Newer(path, found, Version);
        }
    }

    private static string[] ReadMigrations()
    {
        Assembly assembly = typeof(SqliteSchema).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

        string Read(string name)
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }
}
