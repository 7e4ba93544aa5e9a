//! Queries of the exchange: listings with their acts and files, clarification rounds, what-if sheets, interests, reports, kept searches, judgements, studios and bookings. Lists
//! are cut to regions or owners here, in the query.

pub mod assignment;
pub mod clarification;
pub mod file;
pub mod interest;
pub mod judgement;
pub mod listing;
pub mod report;
pub mod saved;
pub mod studio;

use crate::performance::within;
