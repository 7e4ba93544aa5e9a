//! Who is who and who may do what: regions, roles, actors, permission predicates, graded identity, masks, keys, the chained log.
//! Pure: no database, no clock, no network. The acts themselves are use cases in `app`.
//!
//! ```
//! use keqiao_access::{Actor, RegionCode, may};
//! let county = RegionCode::find("云汀县", None).unwrap();
//! let visitor = Actor::visitor("192.0.2.1");
//! assert!(!may::edit_entry(&visitor, county));
//! ```

pub mod actor;
pub mod chain;
pub mod identity;
pub mod mask;
pub mod may;
pub mod password;
pub mod region;
pub mod role;
pub mod second_factor;
pub mod secret;

pub use actor::{Actor, HeldRole, Signed, Via};
pub use identity::Grade;
pub use region::{RegionCode, RegionLevel};
pub use role::{AccountKind, OrganisationKind, Scope, StaffRole};
