ALTER TABLE recipient_notices DROP COLUMN records;
DROP TABLE suppressions;
DROP TABLE erasure_runs;
DROP TABLE erasure_items;
DROP TABLE erasures;
