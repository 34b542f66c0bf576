using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PromoRec.PostgreSql;
using PromoRec.Push.Ledger;

namespace PromoRec;

/// <summary>Lets PromoRec keep reservations and consent in PostgreSQL.</summary>
public static class PromoRecPostgreSqlExtensions
{
    /// <summary>Keeps reservations and consent in PostgreSQL; replaces the store chosen before.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">Where it is; see <see cref="PostgreSqlOptions.ConnectionString"/>.</param>
    /// <remarks>Time in the ledger is the database's, whatever clock the container has.</remarks>
    public static PromoRecBuilder UsePostgreSql(this PromoRecBuilder builder, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return builder.UsePostgreSql(options => options.ConnectionString = connectionString);
    }

    /// <summary>Keeps reservations and consent in PostgreSQL; replaces the store chosen before.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets at least <see cref="PostgreSqlOptions.ConnectionString"/> or <see cref="PostgreSqlOptions.DataSource"/>. Faults stop the host from starting.</param>
    /// <remarks>Time in the ledger is the database's, whatever clock the container has.</remarks>
    public static PromoRecBuilder UsePostgreSql(this PromoRecBuilder builder, Action<PostgreSqlOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptionsWithValidateOnStart<PostgreSqlOptions, PostgreSqlOptionsValidator>().Configure(configure);
        builder.Services.TryAddSingleton(provider => new PostgreSqlStore(
            provider.GetRequiredService<IOptions<PostgreSqlOptions>>().Value, provider.GetRequiredService<IOptions<LedgerOptions>>().Value));
        return builder.UsePushStore(
            provider => provider.GetRequiredService<PostgreSqlStore>().Ledger, provider => provider.GetRequiredService<PostgreSqlStore>().Consent);
    }
}
