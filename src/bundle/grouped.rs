//! The collections of a bundle by their source and dataset, in order.

use super::model::{CollectionReport, RecordSource, Status};

/// The collections of one dataset of one source.
pub(super) struct Group<'r> {
    /// Each with its index in the record source.
    pub(super) collections: Vec<(usize, &'r CollectionReport)>,
    pub(super) source: &'r str,
    pub(super) dataset: &'r str,
    pub(super) label: &'r str,
}

impl Group<'_> {
    /// The worst that became of any of its collections: one failure makes the source failed.
    pub(super) fn status(&self) -> Status {
        let any = |status: Status| self.collections.iter().any(|(_, report)| report.status == status);
        [Status::Failed, Status::Found, Status::NothingHeld]
            .into_iter()
            .find(|status| any(*status))
            .unwrap_or(Status::NotReached)
    }

    /// How many of its collections came out so.
    pub(super) fn count(&self, status: Status) -> usize {
        self.collections.iter().filter(|(_, report)| report.status == status).count()
    }
}

/// The groups, in the order of the data map.
pub(super) fn groups(records: &dyn RecordSource) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (index, report) in records.collections().iter().enumerate() {
        match groups.last_mut().filter(|group| group.source == report.source && group.dataset == report.dataset) {
            Some(group) => group.collections.push((index, report)),
            None => groups.push(Group {
                collections: vec![(index, report)],
                source: &report.source,
                dataset: &report.dataset,
                label: &report.dataset_label,
            }),
        }
    }
    groups
}
