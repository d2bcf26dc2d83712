DROP TABLE gather_progress;
DROP TABLE searches;
