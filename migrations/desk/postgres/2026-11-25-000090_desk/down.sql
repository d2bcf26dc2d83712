DROP INDEX cases_queue;
DROP TABLE saved_filters;
DROP TABLE related_cases;
DROP TABLE case_tasks;
DROP TABLE case_notes;
