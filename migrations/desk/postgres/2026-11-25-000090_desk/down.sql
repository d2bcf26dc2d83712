DROP INDEX cases_queue;
DROP TABLE saved_filters;
DROP TABLE case_links;
DROP TABLE case_tasks;
DROP TABLE case_notes;
