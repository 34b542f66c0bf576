using System.Globalization;
using System.Resources;

namespace PromoRec.PostgreSql.Schema;

/// <summary>The numbered scripts in this assembly that make the tables.</summary>
internal static class Migrations
{
    /// <summary>The version that this library reads and writes.</summary>
    public const int Latest = 2;

    private const string SchemaPlaceholder = "{schema}";

    /// <summary>The script that leads from the version before to this one.</summary>
    public static string Script(int version, string schema)
    {
        string file = version.ToString("D4", CultureInfo.InvariantCulture) + ".sql";
        using Stream stream = typeof(Migrations).Assembly.GetManifestResourceStream(file)
            ?? throw new MissingManifestResourceException(file);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Replace(SchemaPlaceholder, schema, StringComparison.Ordinal);
    }
}
