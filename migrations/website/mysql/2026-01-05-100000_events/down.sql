DROP TABLE event_bookings;
DROP TABLE events;
