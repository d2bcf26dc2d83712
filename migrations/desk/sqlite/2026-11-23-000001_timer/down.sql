DROP TRIGGER holiday_changes_no_delete;
DROP INDEX cases_look;
-- A stage that the earlier version does not know goes back to where the case lapsed.
UPDATE cases SET stage = lapsed_from, closed_at = NULL WHERE stage = 'lapsed' AND lapsed_from IS NOT NULL;
ALTER TABLE cases DROP COLUMN reopened_on;
ALTER TABLE cases DROP COLUMN lapsed_from;
ALTER TABLE cases DROP COLUMN look_on;
ALTER TABLE cases DROP COLUMN missed_on;
DROP TABLE reminders;
DROP TABLE recomputed_cases;
DROP TABLE holiday_changes;
