-- A campaign comes to the same customers in the same order each time, so the rows of a page change in one transaction: half of the page must be free for
-- their new versions, and a little more because accounts grow. Otherwise most of them go to other pages, and each of those changes every index.
-- Pages fill as before until they are written anew. Where the host has made partitions of the table, they are what has pages.
DO $$
DECLARE
    part regclass;
BEGIN
    FOR part IN
        SELECT oid::regclass FROM pg_class
        WHERE relkind = 'r' AND (oid = '{schema}.customer'::regclass OR oid IN (SELECT relid FROM pg_partition_tree('{schema}.customer')))
    LOOP
        EXECUTE format('ALTER TABLE %s SET (fillfactor = 45)', part);
    END LOOP;
END $$;
