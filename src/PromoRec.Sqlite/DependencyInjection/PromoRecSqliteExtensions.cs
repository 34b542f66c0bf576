using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PromoRec.Push.Ledger;
using PromoRec.Sqlite;

namespace PromoRec;

/// <summary>Lets PromoRec keep reservations and consent in SQLite.</summary>
public static class PromoRecSqliteExtensions
{
    /// <summary>Keeps reservations and consent in one SQLite file.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The file, on a local disk; see <see cref="SqliteOptions.Path"/>.</param>
    public static PromoRecBuilder UseSqlite(this PromoRecBuilder builder, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return builder.UseSqlite(options => options.Path = path);
    }

    /// <summary>Keeps reservations and consent in one SQLite file.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets where and how. The options are checked when the host starts; the file is first opened by the first operation.</param>
    public static PromoRecBuilder UseSqlite(this PromoRecBuilder builder, Action<SqliteOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptionsWithValidateOnStart<SqliteOptions, SqliteOptionsValidator>().Configure(configure);
        builder.Services.TryAddSingleton(provider => new SqliteStore(
            provider.GetRequiredService<IOptions<SqliteOptions>>().Value,
            provider.GetRequiredService<IOptions<LedgerOptions>>().Value,
            provider.GetService<TimeProvider>()));
        return builder.UsePushStore(provider => provider.GetRequiredService<SqliteStore>().Ledger, provider => provider.GetRequiredService<SqliteStore>().Consent);
    }
}
