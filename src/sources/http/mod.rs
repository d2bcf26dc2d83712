//! A web service as a source, by the contract that services of HM Prison and Probation Service have for subject access
//! requests: `GET` with an identifier of the person in the query; 200 with `{"content": ...}`, 204 if nothing is held, 209 if the
//! service does not hold people of this kind. It is only ever asked.

mod address;
mod answer;
mod ask;
mod source;

pub(super) use address::Address;
pub(super) use source::HttpSource;
