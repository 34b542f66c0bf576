-- One row a customer holds all that the ledger knows of the customer. It is changed by one conditional statement, which succeeds only
-- while version is still what was read; so there is one order of changes for each customer, and no lock is held between two statements.
-- Room is left on each page so that a row's new version fits beside the old one and no index needs to be touched.
CREATE TABLE {schema}.customer (
    customer_key   bytea PRIMARY KEY,
    version        bigint NOT NULL CHECK (version > 0),
    account        bytea NOT NULL,
    next_release   timestamptz,
    next_uncertain timestamptz,
    long_id        bytea
) WITH (fillfactor = 70);

-- Labels are hashes: trying to compress them costs time and saves nothing.
ALTER TABLE {schema}.customer ALTER COLUMN account SET STORAGE EXTERNAL;

-- What has to be found by time: carts that expire, and sends whose outcome is unknown.
CREATE INDEX customer_release ON {schema}.customer (next_release) WHERE next_release IS NOT NULL;
CREATE INDEX customer_uncertain ON {schema}.customer (next_uncertain) WHERE next_uncertain IS NOT NULL;

-- A budget is shared by all customers. Row 0 always exists and has the limit; a large budget also has rows from which single lanes of the
-- replicas take. The sum of granted is the limit, so whoever finds taken <= granted in a row needs to look at no other row.
-- Rows other than 0 are added and deleted only by who has locked row 0.
CREATE TABLE {schema}.budget (
    budget_key  bytea NOT NULL,
    period      bytea NOT NULL,
    shard       smallint NOT NULL,
    limit_units bigint NOT NULL,
    granted     bigint NOT NULL,
    taken       bigint NOT NULL,
    PRIMARY KEY (budget_key, period, shard)
) WITH (fillfactor = 50);

-- A customer's consent: revision is counted up by every change, version by every event.
CREATE TABLE {schema}.consent (
    customer_key bytea PRIMARY KEY,
    revision     bigint NOT NULL CHECK (revision > 0),
    version      bigint NOT NULL CHECK (version >= 0),
    is_erased    boolean NOT NULL
);

CREATE TABLE {schema}.consent_event (
    customer_key bytea NOT NULL,
    number       bigint NOT NULL,
    event_id     bytea NOT NULL,
    body         json NOT NULL,
    PRIMARY KEY (customer_key, number),
    UNIQUE (customer_key, event_id)
);
