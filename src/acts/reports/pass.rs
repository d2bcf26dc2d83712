//! One pass over all cases as they stood at a moment.

use std::sync::mpsc::sync_channel;

use chrono::NaiveDate;

use super::super::clock::AsOf;
use super::super::desk::Desk;
use super::super::error::ActError;
use super::super::holidays::holidays;
use crate::report::{AsAt, Law, Line, stood};
use crate::store::{Conn, histories_page};

/// Cases read at once.
const PAGE: i64 = 2_000;

/// The moment of a report: the end of a past day, or now.
///
/// # Errors
/// [`ActError::Invalid`] if the day lies in the future.
pub(super) fn moment(desk: &Desk, as_at: Option<NaiveDate>) -> Result<AsAt, ActError> {
    let now = AsAt::at(desk.now());
    match as_at {
        None => Ok(now),
        Some(day) if day > now.today => {
            Err(ActError::field("as_at", "the day is in the future: nobody knows yet what will be recorded"))
        }
        Some(day) if day == now.today => Ok(now),
        Some(day) => Ok(AsAt::end_of(day)),
    }
}

/// Reads every case as it stood. The database is read on this thread, the cases are counted on another, which is what the
/// time goes into.
pub(super) fn each_case<T: Send>(
    conn: &mut Conn,
    desk: &Desk,
    as_at: &AsAt,
    count: impl FnOnce(&mut dyn Iterator<Item = Line>) -> Result<T, ActError> + Send,
) -> Result<T, ActError> {
    let holidays = holidays(conn, desk, AsOf::Then(as_at.moment))?;
    let law = Law {
        holidays: &holidays,
        division: desk.settings.division,
        default_team: &desk.settings.reports.default_team,
    };
    let (send, receive) = sync_channel::<Vec<crate::report::History>>(2);
    std::thread::scope(|scope| {
        let counting = scope.spawn(move || {
            let mut lines = receive.into_iter().flatten().filter_map(|history| stood(history, as_at, &law));
            count(&mut lines)
        });
        let mut after: Option<String> = None;
        let read = loop {
            match histories_page(conn, after.as_deref(), PAGE) {
                Ok((_, None)) => break Ok(()),
                Ok((page, last)) => {
                    after = last;
                    // The counting has failed and says why below.
                    if send.send(page).is_err() {
                        break Ok(());
                    }
                }
                Err(error) => break Err(ActError::from(error)),
            }
        };
        drop(send);
        let counted = counting
            .join()
            .unwrap_or_else(|_| Err(ActError::Broken("the counting of a report ended by a panic".to_owned())));
        // A report of a part of the cases is none.
        read.and(counted)
    })
}
