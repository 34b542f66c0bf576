-- One row for each customer with reservations. The state holds every entry; the columns beside it only say when to look at it again.
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    customer TEXT NOT NULL UNIQUE,
    state BLOB NOT NULL,
    next_release INTEGER,    -- when something in it gives back budgets by its own end, in ticks of UTC
    next_uncertain INTEGER   -- from when on something in it is uncertain unless it is settled, in ticks of UTC
) STRICT;

CREATE INDEX account_next_release ON account (next_release) WHERE next_release IS NOT NULL;
CREATE INDEX account_next_uncertain ON account (next_uncertain) WHERE next_uncertain IS NOT NULL;

-- What is taken of the budgets that all customers share. No row means that nothing is.
CREATE TABLE budget (
    key TEXT NOT NULL,
    period TEXT NOT NULL,
    taken INTEGER NOT NULL,
    PRIMARY KEY (key, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent_customer (
    id INTEGER PRIMARY KEY,
    customer TEXT NOT NULL UNIQUE
) STRICT;

-- Append-only: position counts a customer's events from 1, and the last one is the version of the customer's consent.
CREATE TABLE consent_event (
    customer_id INTEGER NOT NULL REFERENCES consent_customer (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    event TEXT NOT NULL,     -- as JSON
    PRIMARY KEY (customer_id, position)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX consent_event_id ON consent_event (customer_id, event_id);

-- Who was erased, as a hash salted for this file, so that the id is in no byte of it. Part 0 is the ledger, 1 is consent.
CREATE TABLE erased (
    tombstone BLOB NOT NULL,
    part INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tombstone, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE salt (
    value BLOB NOT NULL
) STRICT;

INSERT INTO salt (value) VALUES (randomblob(32));
