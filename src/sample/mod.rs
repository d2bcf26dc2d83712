//! (room of rightsdesk)
