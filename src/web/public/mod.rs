//! Pages for everybody.

mod home;

pub(super) use home::routes;
