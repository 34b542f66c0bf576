using Npgsql;

namespace PromoRec.PostgreSql;

/// <summary>Where PostgreSQL is and how hard it is worked.</summary>
public sealed class PostgreSqlOptions
{
    /// <summary>
    /// Npgsql's connection string; either this or <see cref="DataSource"/> must be set. The store keeps no session state, so it adds
    /// <c>No Reset On Close=true; Enlist=false</c> and works behind a pooler in transaction mode.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>A data source of the host, which goes on to own it. Its settings are taken as they are.</summary>
    public NpgsqlDataSource? DataSource { get; set; }

    /// <summary>The schema that holds the tables: a lower-case letter or '_', then up to 62 lower-case letters, digits or '_'; promorec unless set.</summary>
    public string Schema { get; set; } = "promorec";

    /// <summary>
    /// Whether the first use creates and updates the tables, which needs the right to create them; true unless set. Otherwise the first use only checks their
    /// version, and someone with that right calls <see cref="PostgreSqlStore.MigrateAsync"/> before.
    /// </summary>
    public bool CreateTables { get; set; } = true;

    /// <summary>How many connections serve reservations side by side; a customer is always served by the same one. 1 to 64, 4 unless set.</summary>
    public int Lanes { get; set; } = 4;

    /// <summary>Most operations in one statement: 1 to 5,000, 1,000 unless set. What arrives while a statement is under way goes into the next one.</summary>
    public int MaxBatch { get; set; } = 1000;

    /// <summary>How long one statement may take: 1 second to 5 minutes, in whole seconds, 5 seconds unless set.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an operation may wait for its turn and for others that change the same customer: 1 second to 10 minutes, 10 seconds unless set.</summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Over how many rows a large budget is spread at most, so that not everybody waits for one row: 1 to 64, 16 unless set. 1 keeps every budget in one row.
    /// All replicas should have the same value.
    /// </summary>
    public int BudgetShards { get; set; } = 16;

    /// <summary>
    /// Whether statements are prepared on their connections; false unless set. It makes single reservations cheaper, and needs direct
    /// connections or a pooler that follows prepared statements, such as PgBouncer from 1.21 on.
    /// </summary>
    public bool PrepareStatements { get; set; }
}
