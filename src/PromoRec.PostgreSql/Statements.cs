namespace PromoRec.PostgreSql;

/// <summary>The statements of the ledger. Each takes arrays, so that a batch is one statement however long it is.</summary>
/// <param name="schema">The schema, which the validator has found harmless.</param>
internal sealed class Statements(string schema)
{
    /// <summary>
    /// Lets the next statement of the same transaction find rows by their places and in the order of its list, whatever the planner expects of a small table: two
    /// batches that took rows in different orders could wait for each other in a circle. For a single row, too, because the plan of a prepared statement is kept for
    /// later lists. The setting ends with the transaction.
    /// </summary>
    public const string KeepOrder = "SELECT 0 FROM set_config('enable_seqscan', 'off', true)";

    private readonly string[] _writes = [.. Enumerable.Range(0, 8).Select(i => Write(schema, (i & 1) != 0, (i & 2) != 0, (i & 4) != 0))];

    /// <summary>The database's clock, read after the rows, so that no row that was read is newer than now; and the version of the tables.</summary>
    public string ReadClockAndVersion { get; } = $"SELECT clock_timestamp(), (SELECT max(version) FROM {schema}.schema_version)";

    /// <summary>Rows of some customers ($1), by their place in the list. The limit of one keeps the planner from reading the whole table instead.</summary>
    public string ReadAccounts { get; } =
        $"""
        SELECT k.place::int, c.version, c.account, c.ctid
        FROM unnest($1) WITH ORDINALITY AS k (customer_key, place),
             LATERAL (SELECT version, account, ctid FROM {schema}.customer WHERE customer_key = k.customer_key LIMIT 1) AS c
        """;

    /// <summary>
    /// All rows of some budgets ($1 keys, $2 periods) and, from the same snapshot, when the next cart expires: together they tell for certain whether a
    /// budget is used up.
    /// </summary>
    public string ReadBudgets { get; } =
        $"""
        SELECT n.place::int, b.shard, b.limit_units, b.granted, b.taken, (SELECT min(next_release) FROM {schema}.customer)
        FROM unnest($1, $2) WITH ORDINALITY AS n (budget_key, period, place),
             LATERAL (SELECT * FROM {schema}.budget WHERE budget_key = n.budget_key AND period = n.period OFFSET 0) AS b
        """;

    /// <summary>Row 0 of budgets that are claimed for the first time: $1 keys, $2 periods, $3 limits.</summary>
    public string CreateBudgets { get; } =
        $"""
        INSERT INTO {schema}.budget (budget_key, period, shard, limit_units, granted, taken)
        SELECT n.budget_key, n.period, 0, n.units, n.units, 0
        FROM unnest($1, $2, $3) AS n (budget_key, period, units)
        ORDER BY n.budget_key, n.period
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Locks row 0 of a budget ($1 key, $2 period), without which no other row may be added or deleted.</summary>
    public string LockBudget { get; } = $"SELECT shard FROM {schema}.budget WHERE budget_key = $1 AND period = $2 AND shard = 0 FOR UPDATE";

    /// <summary>Locks and reads all rows of a budget. A statement of its own, so that it sees rows that were added while row 0 was waited for.</summary>
    public string LockShards { get; } =
        $"SELECT shard, limit_units, granted, taken FROM {schema}.budget WHERE budget_key = $1 AND period = $2 ORDER BY shard FOR UPDATE";

    /// <summary>Deletes a budget's rows other than some ($3).</summary>
    public string DeleteShards { get; } = $"DELETE FROM {schema}.budget WHERE budget_key = $1 AND period = $2 AND shard <> ALL ($3)";

    /// <summary>Writes a budget's rows: $3 shards, $4 limit, $5 granted, $6 taken.</summary>
    public string WriteShards { get; } =
        $"""
        INSERT INTO {schema}.budget (budget_key, period, shard, limit_units, granted, taken)
        SELECT $1, $2, s.shard, $4, s.granted, s.taken
        FROM unnest($3, $5, $6) AS s (shard, granted, taken)
        ON CONFLICT (budget_key, period, shard) DO UPDATE SET limit_units = excluded.limit_units, granted = excluded.granted, taken = excluded.taken
        """;

    /// <summary>Units taken of budgets ($1 keys, $2 periods), when the next cart expires, both from one snapshot, and then the time.</summary>
    public string ReadLevels { get; } =
        $"""
        SELECT n.place::int,
               (SELECT coalesce(sum(b.taken), 0) FROM {schema}.budget b WHERE b.budget_key = n.budget_key AND b.period = n.period)::bigint,
               (SELECT min(next_release) FROM {schema}.customer),
               clock_timestamp()
        FROM unnest($1, $2) WITH ORDINALITY AS n (budget_key, period, place)
        """;

    /// <summary>Some customers, other than $2, with carts that have expired at $1.</summary>
    public string FindExpired { get; } =
        $"SELECT customer_key, long_id FROM {schema}.customer WHERE next_release <= $1 AND customer_key <> ALL ($2) ORDER BY next_release LIMIT $3";

    /// <summary>All customers with sends whose outcome is unknown at $1.</summary>
    public string FindUncertain { get; } = $"SELECT customer_key, long_id FROM {schema}.customer WHERE next_uncertain <= $1";

    /// <summary>Consent ledgers of some customers ($1), a row for each event, from one snapshot.</summary>
    public string ReadConsents { get; } =
        $"""
        SELECT k.place::int, c.revision, c.version, c.is_erased, e.body::text
        FROM unnest($1) WITH ORDINALITY AS k (customer_key, place)
        CROSS JOIN LATERAL (SELECT revision, version, is_erased FROM {schema}.consent WHERE customer_key = k.customer_key LIMIT 1) AS c
        LEFT JOIN LATERAL (SELECT number, body FROM {schema}.consent_event WHERE customer_key = k.customer_key OFFSET 0) AS e ON true
        ORDER BY k.place, e.number
        """;

    /// <summary>
    /// Writes consent ledgers whose revision is still what was read, with their new events, deletes the events of those that are erased, and returns the
    /// places of those that others have overtaken. $1 keys, $2 new revisions, $3 versions, $4 whether erased; events: $5 customers, $6 numbers, $7 ids, $8 bodies.
    /// </summary>
    public string WriteConsents { get; } =
        $"""
        WITH written AS (
            INSERT INTO {schema}.consent AS c (customer_key, revision, version, is_erased)
            SELECT r.customer_key, r.revision, r.version, r.is_erased
            FROM unnest($1, $2, $3, $4) AS r (customer_key, revision, version, is_erased)
            ORDER BY r.customer_key
            ON CONFLICT (customer_key) DO UPDATE SET revision = excluded.revision, version = excluded.version, is_erased = excluded.is_erased
            WHERE c.revision = excluded.revision - 1
            RETURNING c.customer_key, c.is_erased),
        added AS (
            INSERT INTO {schema}.consent_event (customer_key, number, event_id, body)
            SELECT e.customer_key, e.number, e.event_id, e.body::json
            FROM unnest($5, $6, $7, $8) AS e (customer_key, number, event_id, body)
            JOIN written w ON w.customer_key = e.customer_key),
        erased AS (
            DELETE FROM {schema}.consent_event e USING written w WHERE w.is_erased AND e.customer_key = w.customer_key)
        SELECT k.place::int
        FROM unnest($1) WITH ORDINALITY AS k (customer_key, place)
        WHERE (SELECT count(*) FROM written) < cardinality($1) AND NOT EXISTS (SELECT FROM written w WHERE w.customer_key = k.customer_key)
        """;

    /// <summary>
    /// Adds customers whom nobody else has added meanwhile ($1 keys, $2 accounts, $3 times of release, $4 times of uncertainty, $5 long ids), then changes those whose
    /// version is still what was read ($6 keys, $7 new versions, $8 accounts, $9 times of release, $10 times of uncertainty, $11 places of the rows that were read), and
    /// returns the places in both lists together of those that others have overtaken.
    /// </summary>
    /// <remarks>
    /// Both lists are sorted by key, and whoever adds rows holds no other yet, so two batches never wait for each other in a circle. A place spares the way through
    /// the index; where by now it holds another row, or another version, that one is not changed and counts as overtaken.
    /// <para>
    /// With <paramref name="takes"/>, what the written customers take from budgets is written, too: $12 customers, $13 places of budgets, $14 units, for budgets
    /// $15 keys, $16 periods, $17 shards. Where one of the budgets no longer has that much, nothing at all is written: dividing by zero undoes the statement.
    /// </para>
    /// </remarks>
    /// <param name="adds">Whether there are customers to add.</param>
    /// <param name="changes">Whether there are customers to change.</param>
    /// <param name="takes">Whether they change budgets.</param>
    public string WriteAccounts(bool adds, bool changes, bool takes) => _writes[(adds ? 1 : 0) + (changes ? 2 : 0) + (takes ? 4 : 0)];

    // IS TRUE after IN makes a hash table of what was written. Joined, it would be searched from its beginning for each row: the planner expects it to be one row.
    private static string Write(string schema, bool adds, bool changes, bool takes)
    {
        string written = (adds, changes) switch
        {
            (true, false) => $"written AS ({AddRows(schema)})",
            (false, _) => $"written AS ({ChangeRows(schema)})",
            _ =>
                $"""
                added AS ({AddRows(schema)}),
                changed AS ({ChangeRows(schema)}),
                written AS (SELECT customer_key FROM added UNION ALL SELECT customer_key FROM changed)
                """,
        };
        string overtaken =
            """
            SELECT k.place::int
            FROM unnest($1 || $6) WITH ORDINALITY AS k (customer_key, place)
            WHERE (SELECT count(*) FROM written) < cardinality($1) + cardinality($6) AND (k.customer_key IN (SELECT customer_key FROM written)) IS NOT TRUE
            """;
        return !takes
            ? $"WITH {written} {overtaken}"
            : $"""
            WITH {written},
            {TakeUnits(schema)}
            SELECT 0 / ((SELECT count(*) FROM taken) = (SELECT count(*) FROM needed))::int
            UNION ALL
            {overtaken}
            """;
    }

    private static string AddRows(string schema) =>
        $"""
        INSERT INTO {schema}.customer (customer_key, version, account, next_release, next_uncertain, long_id)
            SELECT r.customer_key, 1, r.account, r.next_release, r.next_uncertain, r.long_id
            FROM unnest($1, $2, $3, $4, $5) AS r (customer_key, account, next_release, next_uncertain, long_id)
            ON CONFLICT DO NOTHING
            RETURNING customer_key
        """;

    // IS NOT DISTINCT FROM, unlike =, offers the planner no other way to the row than its place.
    private static string ChangeRows(string schema) =>
        $"""
        UPDATE {schema}.customer AS c
            SET version = r.version, account = r.account, next_release = r.next_release, next_uncertain = r.next_uncertain
            FROM unnest($6, $7, $8, $9, $10, $11::tid[]) AS r (customer_key, version, account, next_release, next_uncertain, place)
            WHERE c.ctid = r.place AND c.version = r.version - 1 AND c.customer_key IS NOT DISTINCT FROM r.customer_key
            RETURNING c.customer_key
        """;

    private static string TakeUnits(string schema) =>
        $"""
        needed AS (
            SELECT b.budget_key, b.period, b.shard, sum(u.units)::bigint AS units
            FROM unnest($12, $13, $14) AS u (customer_key, budget, units)
            JOIN unnest($15, $16, $17) WITH ORDINALITY AS b (budget_key, period, shard, place) ON b.place = u.budget
            WHERE (u.customer_key IN (SELECT customer_key FROM written)) IS TRUE
            GROUP BY b.budget_key, b.period, b.shard),
        locked AS (
            SELECT b.budget_key, b.period, b.shard, n.units
            FROM needed n JOIN {schema}.budget b ON b.budget_key = n.budget_key AND b.period = n.period AND b.shard = n.shard
            ORDER BY b.budget_key, b.period, b.shard FOR UPDATE OF b),
        taken AS (
            UPDATE {schema}.budget b SET taken = b.taken + l.units
            FROM locked l
            WHERE b.budget_key = l.budget_key AND b.period = l.period AND b.shard = l.shard AND (l.units <= 0 OR l.units <= b.granted - b.taken)
            RETURNING b.shard)
        """;
}
