-- What a requester says is wrong is a correction from the beginning: one table. Whoever used the page before finds it there
-- too, under the same identifier.
DROP TABLE correction_requests;
