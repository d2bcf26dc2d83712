DROP TABLE source_changes;
DROP TABLE corrections;
