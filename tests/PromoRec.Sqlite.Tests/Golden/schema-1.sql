-- What version 0.1.0 leaves behind, as the sqlite3 shell dumps it; later versions must read it.
BEGIN TRANSACTION;
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    customer TEXT NOT NULL UNIQUE,
    state BLOB NOT NULL,
    next_release INTEGER,    -- when something in it gives back budgets by its own end, in ticks of UTC
    next_uncertain INTEGER   -- from when on something in it is uncertain unless it is settled, in ticks of UTC
) STRICT;
INSERT INTO account VALUES(1,'customer',X'0100000101d6c2ad96b2f5c127018080a3c9bfe89cdf1180e888874302036b65790953f0a2db5f199d555ec9c6a22d552d00000000',NULL,NULL);
INSERT INTO account VALUES(2,'cart 0',X'0100000100018080a3c9bfe89cdf1180e888874310036b65795e9ca912b271527c3ec52cfbaf99bbb1000001056f6666657200010000',639293049000000000,NULL);
INSERT INTO account VALUES(3,'cart 1',X'0100000100018080a3c9bfe89cdf1180e888874310036b65795e9ca912b271527c3ec52cfbaf99bbb1000001056f6666657200010000',639293049000000000,NULL);
INSERT INTO account VALUES(4,'cart 2',X'0100000100018080a3c9bfe89cdf1180e888874310036b65795e9ca912b271527c3ec52cfbaf99bbb1000001056f6666657200010000',639293049000000000,NULL);
INSERT INTO account VALUES(5,'cart 3',X'0100000100018080a3c9bfe89cdf1180e888874310036b65795e9ca912b271527c3ec52cfbaf99bbb1000001056f6666657200010000',639293049000000000,NULL);
INSERT INTO account VALUES(6,'uncertain',X'0100000101d6c2ad96b2f5c127018080a3c9bfe89cdf1180e888874303036b65790953f0a2db5f199d555ec9c6a22d552d00000000',NULL,0);
CREATE TABLE budget (
    key TEXT NOT NULL,
    period TEXT NOT NULL,
    taken INTEGER NOT NULL,
    PRIMARY KEY (key, period)
) STRICT, WITHOUT ROWID;
INSERT INTO budget VALUES('offer','',4);
CREATE TABLE consent_customer (
    id INTEGER PRIMARY KEY,
    customer TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO consent_customer VALUES(1,'customer');
CREATE TABLE consent_event (
    customer_id INTEGER NOT NULL REFERENCES consent_customer (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    event TEXT NOT NULL,     -- as JSON
    PRIMARY KEY (customer_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO consent_event VALUES(1,1,'event','{"id":"event","at":"2026-11-03T12:00:00+00:00","state":2,"source":"checkout"}');
CREATE TABLE erased (
    tombstone BLOB NOT NULL,
    part INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tombstone, part)
) STRICT, WITHOUT ROWID;
INSERT INTO erased VALUES(X'ae191228b5d77de60b9e4ad86ce8329d7c3791f5e39b27e22d8def85530d8f66',0,0);
CREATE TABLE salt (
    value BLOB NOT NULL
) STRICT;
INSERT INTO salt VALUES(X'd28c38f297c49ba63027966bbe6e13574852d2b1b0a3d311a2a00c1046e4ee23');
CREATE INDEX account_next_release ON account (next_release) WHERE next_release IS NOT NULL;
CREATE INDEX account_next_uncertain ON account (next_uncertain) WHERE next_uncertain IS NOT NULL;
CREATE UNIQUE INDEX consent_event_id ON consent_event (customer_id, event_id);
COMMIT;
PRAGMA application_id = 0x50726d52;
PRAGMA user_version = 1;
