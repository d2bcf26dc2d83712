//! From a life to rows: keys are given here, and what is planted is noted with its key.

use super::events::{DAY, Event, day};
use super::life::{Account, Booking, Choice, Enquiry, Life, Mark, Subscription, View, issue_day};
use super::planted::{Cast, Planted, RowRef};
use super::tables::Table;
use crate::sources::fill::{Cell, FillError, RowWriter};

/// Gives keys, writes rows, notes what is planted.
pub(super) struct Rows<'a> {
    out: &'a mut dyn RowWriter,
    last_key: [i64; 9],
    /// What was planted, as far as it is written.
    pub(super) planted: Planted,
}

fn text(value: Option<&String>) -> Cell<'_> {
    value.map_or(Cell::Null, |t| Cell::Text(t))
}

fn word(value: Option<&'static str>) -> Cell<'static> {
    value.map_or(Cell::Null, Cell::Text)
}

fn at(value: Option<i64>) -> Cell<'static> {
    value.map_or(Cell::Null, Cell::At)
}

fn real(value: Option<f64>) -> Cell<'static> {
    value.map_or(Cell::Null, Cell::Real)
}

impl<'a> Rows<'a> {
    pub(super) fn new(out: &'a mut dyn RowWriter, planted: Planted) -> Self {
        Self { out, last_key: [0; 9], planted }
    }

    fn key(&mut self, table: Table) -> i64 {
        let mut key = 0;
        if let Some(last) = self.last_key.get_mut(table.index()) {
            *last = last.saturating_add(1);
            key = *last;
        }
        key
    }

    fn write(&mut self, table: Table, cells: &[Cell<'_>]) -> Result<(), FillError> {
        self.out.row(table.index(), cells)
    }

    /// Notes that a row that was just noted as `owner`'s is held until a caseworker has looked.
    fn note_review(&mut self, owner: Option<Cast>, table: Table, key: i64) {
        if let Some(person) = owner.and_then(|cast| self.planted.people.get_mut(&cast)) {
            person.own_for_review.push(RowRef::new(table, key));
        }
    }

    /// Notes that a row is `owner`'s, and whom else it concerns.
    fn note(&mut self, owner: Option<Cast>, table: Table, key: impl ToString, marks: &[Mark]) {
        let row = RowRef::new(table, key);
        if let Some(person) = owner.and_then(|cast| self.planted.people.get_mut(&cast)) {
            person.own.push(row.clone());
        }
        for mark in marks {
            let (Mark::Reached(cast) | Mark::Mentions(cast) | Mark::Lookalike(cast)) = mark;
            let Some(person) = self.planted.people.get_mut(cast) else { continue };
            match mark {
                Mark::Reached(_) => person.reached.push(row.clone()),
                Mark::Mentions(_) => person.mentions.push(row.clone()),
                Mark::Lookalike(_) => person.lookalikes.push(row.clone()),
            }
        }
    }

    pub(super) fn event(&mut self, id: i64, event: &Event) -> Result<(), FillError> {
        let code = format!("CSAP-{}-{id:05}", day(event.starts).format("%Y"));
        self.write(
            Table::Events,
            &[
                Cell::Whole(id),
                Cell::Text(&code),
                Cell::Text(&event.title),
                Cell::Text(event.kind),
                word(event.summary),
                word(event.venue),
                Cell::Bool(event.venue.is_none()),
                Cell::At(event.starts),
                Cell::At(event.ends()),
                event.capacity.map_or(Cell::Null, Cell::Whole),
                Cell::Pence(event.fee),
                Cell::Day(day(event.starts - 120 * DAY)),
            ],
        )
    }

    /// Writes everything of one person; `owner` if the person is planted.
    pub(super) fn life(&mut self, owner: Option<Cast>, life: &Life) -> Result<(), FillError> {
        if let Some(account) = &life.account {
            self.account(owner, account)?;
        }
        if let Some(visitor) = &life.visitor {
            let whose = Whose { account: Cell::Null, visitor: Cell::Text(&visitor.key), owner: None };
            if let Some(choice) = &visitor.choice {
                self.choice(&whose, choice)?;
            }
            for view in &visitor.views {
                self.view(&whose, view)?;
            }
        }
        life.bookings.iter().try_for_each(|booking| self.booking(owner, booking))?;
        life.subscriptions.iter().try_for_each(|subscription| self.subscription(owner, subscription))?;
        life.enquiries.iter().try_for_each(|enquiry| self.enquiry(owner, enquiry))
    }

    fn account(&mut self, owner: Option<Cast>, account: &Account) -> Result<(), FillError> {
        let key = self.key(Table::Accounts);
        self.write(
            Table::Accounts,
            &[
                Cell::Whole(key),
                Cell::Text(&account.email),
                Cell::Text(&account.name),
                text(account.phone.as_ref()),
                text(account.job.as_ref()),
                text(account.employer.as_ref()),
                Cell::Text(&account.password_hash),
                Cell::At(account.created),
                at(account.last_login),
                Cell::Bool(account.locked),
            ],
        )?;
        self.note(owner, Table::Accounts, key, &[]);
        let whose = Whose { account: Cell::Whole(key), visitor: Cell::Null, owner };
        account.choices.iter().try_for_each(|choice| self.choice(&whose, choice))?;
        account.views.iter().try_for_each(|view| self.view(&whose, view))
    }

    fn choice(&mut self, whose: &Whose<'_>, choice: &Choice) -> Result<(), FillError> {
        self.write(
            Table::CookieChoices,
            &[
                Cell::Text(&choice.id),
                whose.account,
                whose.visitor,
                Cell::Bool(true),
                Cell::Bool(choice.analytics),
                Cell::Bool(choice.marketing),
                Cell::Whole(choice.banner),
                Cell::At(choice.chosen),
                word(choice.agent),
            ],
        )?;
        self.note(whose.owner, Table::CookieChoices, &choice.id, &[]);
        Ok(())
    }

    fn view(&mut self, whose: &Whose<'_>, view: &View) -> Result<(), FillError> {
        let key = self.key(Table::PageViews);
        self.write(
            Table::PageViews,
            &[
                Cell::Whole(key),
                whose.account,
                whose.visitor,
                Cell::Text(view.path),
                word(view.referrer),
                Cell::At(view.at),
                real(view.seconds),
            ],
        )?;
        self.note(whose.owner, Table::PageViews, key, &[]);
        Ok(())
    }

    fn booking(&mut self, owner: Option<Cast>, booking: &Booking) -> Result<(), FillError> {
        let key = self.key(Table::EventBookings);
        self.write(
            Table::EventBookings,
            &[
                Cell::Whole(key),
                Cell::Whole(booking.event),
                Cell::Text(&booking.reference),
                Cell::Text(&booking.name),
                text(booking.job.as_ref()),
                text(booking.employer.as_ref()),
                text(booking.email.as_ref()),
                text(booking.phone.as_ref()),
                word(booking.diet),
                word(booking.access),
                booking.attended.map_or(Cell::Null, Cell::Bool),
                real(booking.cpd_hours),
                booking.rating.map_or(Cell::Null, Cell::Whole),
                word(booking.feedback),
                booking.paid.map_or(Cell::Null, Cell::Pence),
                text(booking.booked_by.as_ref()),
                Cell::At(booking.booked),
                booking.cancelled.map_or(Cell::Null, |at| Cell::Day(day(at))),
            ],
        )?;
        self.note(owner, Table::EventBookings, key, &booking.marks);
        if booking.booked_by.is_some() {
            self.note_review(owner, Table::EventBookings, key);
        }
        if let Some(person) = owner.and_then(|cast| self.planted.people.get_mut(&cast)) {
            let event = RowRef::new(Table::Events, booking.event);
            if !person.context.contains(&event) {
                person.context.push(event);
            }
        }
        Ok(())
    }

    fn subscription(&mut self, owner: Option<Cast>, subscription: &Subscription) -> Result<(), FillError> {
        let key = self.key(Table::NewsletterSubscriptions);
        self.write(
            Table::NewsletterSubscriptions,
            &[
                Cell::Whole(key),
                Cell::Text(&subscription.email),
                text(subscription.name.as_ref()),
                text(subscription.organisation.as_ref()),
                Cell::List(&subscription.topics),
                Cell::Bool(subscription.consent.is_some()),
                at(subscription.consent.map(|(when, _)| when)),
                word(subscription.consent.map(|(_, how)| how)),
                text(subscription.ip.as_ref()),
                at(subscription.left.map(|(when, _)| when)),
                word(subscription.left.map(|(_, why)| why)),
            ],
        )?;
        self.note(owner, Table::NewsletterSubscriptions, key, &[]);
        for delivery in &subscription.deliveries {
            let id = self.key(Table::NewsletterDeliveries);
            self.write(
                Table::NewsletterDeliveries,
                &[
                    Cell::Whole(id),
                    Cell::Whole(key),
                    Cell::Day(issue_day(delivery)),
                    Cell::Text(delivery.subject),
                    Cell::At(delivery.sent),
                    at(delivery.opened),
                    Cell::Bool(delivery.bounced),
                ],
            )?;
            self.note(owner, Table::NewsletterDeliveries, id, &[]);
        }
        Ok(())
    }

    fn enquiry(&mut self, owner: Option<Cast>, enquiry: &Enquiry) -> Result<(), FillError> {
        let key = self.key(Table::Enquiries);
        self.write(
            Table::Enquiries,
            &[
                Cell::Whole(key),
                Cell::Text(&enquiry.name),
                text(enquiry.email.as_ref()),
                text(enquiry.phone.as_ref()),
                word(enquiry.subject),
                Cell::Text(&enquiry.message),
                Cell::Text(enquiry.status),
                Cell::At(enquiry.received),
                at(enquiry.closed),
            ],
        )?;
        self.note(owner, Table::Enquiries, key, &enquiry.marks);
        for reply in &enquiry.replies {
            let id = self.key(Table::EnquiryReplies);
            self.write(
                Table::EnquiryReplies,
                &[
                    Cell::Whole(id),
                    Cell::Whole(key),
                    Cell::Text(reply.author),
                    Cell::Text(&reply.body),
                    Cell::Bool(reply.internal),
                    Cell::At(reply.written),
                ],
            )?;
            self.note(owner, Table::EnquiryReplies, id, &reply.marks);
            self.note_review(owner, Table::EnquiryReplies, id);
        }
        Ok(())
    }
}

/// To whom a cookie choice or a page view belongs.
struct Whose<'a> {
    account: Cell<'a>,
    visitor: Cell<'a>,
    owner: Option<Cast>,
}
