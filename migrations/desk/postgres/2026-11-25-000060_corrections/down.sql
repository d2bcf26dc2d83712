DROP TABLE case_links;
DROP TABLE source_changes;
DROP TABLE corrections;
