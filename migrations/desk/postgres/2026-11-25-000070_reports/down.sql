DROP TABLE work_times;
DROP TABLE new_dates;
DROP TABLE late_reasons;
DROP TABLE case_teams;
DROP TABLE case_withheld;
DROP TABLE case_endings;
DROP FUNCTION case_endings_refuse();
