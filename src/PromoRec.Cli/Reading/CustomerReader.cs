using System.Text;

namespace PromoRec.Cli.Reading;

/// <summary>Reads a customers file: which segments each customer belongs to. The other columns are passed over.</summary>
internal static class CustomerReader
{
    /// <summary>The columns that push policies look at.</summary>
    public static readonly string[] PushColumns =
    [
        "country", "region", "time_zone", "device_zone", "inferred_zone", "inferred_zone_confidence", "channels", "permission", "snoozed_until", "guest",
        "latitude", "longitude", "consents", "redeemed", "dismissed", "consent_push", "consent_email", "consent_sms", "consent_wechat", "consent_in-app",
    ];

    /// <summary>What only <c>simulate</c> knows.</summary>
    public static readonly string[] TruthColumns =
        ["joined_at", "churns_at", "sessions_per_day", "price_sensitivity", "loyalty", "responsiveness", "opt_out_tendency"];

    public static readonly ColumnSet Columns = new(
        "customers", "a header such as user,segments and a row for each customer", ["user", "segments", .. PushColumns, .. TruthColumns])
    {
        Needed = ["user"],
        OfSimulation = TruthColumns.Length,
    };

    private const int User = 0;
    private const int Segments = 1;

    /// <summary>The segments of every customer that has some.</summary>
    /// <exception cref="InputException">The file cannot be read, or has a bad row more than allowed.</exception>
    public static Dictionary<UserId, IReadOnlySet<string>> Read(string path, BadRows badRows, CancellationToken cancellationToken)
    {
        using RowSource rows = InputFile.OpenRows(path, Columns, ColumnMapping.None);
        if (!rows.MayHave(User) || !rows.MayHave(Segments))
        {
            throw InputException.File(path, $"the header needs the columns 'user' and 'segments'. Expected {Columns.Expected}.", 1);
        }

        var segments = new Dictionary<UserId, IReadOnlySet<string>>();
        rows.ReadAll(badRows, () => Add(rows, segments), cancellationToken);
        return segments;
    }

    private static void Add(RowSource rows, Dictionary<UserId, IReadOnlySet<string>> segments)
    {
        if (FieldText.FaultOfId(rows[User]) is { } fault)
        {
            throw InputException.Row(rows.Path, rows.Line, "user", fault);
        }

        UserId user = Encoding.UTF8.GetString(FieldText.Trim(rows[User]));
        if (!segments.TryAdd(user, BarList.Split(Encoding.UTF8.GetString(rows[Segments])).ToHashSet(StringComparer.Ordinal)))
        {
            throw InputException.Row(rows.Path, rows.Line, "user", "the customer stands in the file already. Give every customer one row.");
        }
    }
}
