//! From the asynchronous web to the acts, which block: each call is one block that covers the wait for a connection, the
//! transaction and the queries.

use std::sync::Arc;

use actix_web::web;

use super::problem::Problem;
use crate::acts::{ActError, Desk};
use crate::audit::Origin;

/// The desk as the web holds it.
pub(super) type SharedDesk = web::Data<Desk>;

/// Runs `act` on a thread that may block.
pub(super) async fn act<T: Send + 'static>(
    desk: &SharedDesk,
    act: impl FnOnce(&Desk) -> Result<T, ActError> + Send + 'static,
) -> Result<T, Problem> {
    let desk: Arc<Desk> = Arc::clone(desk);
    // What the act writes into the audit trail says where the request came from.
    let origin = super::origin::current();
    match web::block(move || Origin::within(origin, || act(&desk))).await {
        Ok(result) => Ok(result?),
        Err(_) => Err(ActError::Broken("a blocking call was cancelled".to_owned()).into()),
    }
}
