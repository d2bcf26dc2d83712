DROP TABLE drifts;
DROP TABLE seen_columns;
