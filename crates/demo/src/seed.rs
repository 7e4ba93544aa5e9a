//! Filling an empty database with the made-up county.

use keqiao_access::RegionCode;
use keqiao_app::account::demo;
use keqiao_app::{AppResult, Ctx};
use keqiao_base::{Clock, EntryId, FixedClock, Moment, RelationId};
use keqiao_directory::Entry;
use keqiao_store::directory::{self as stored, history, relation};
use keqiao_store::{Tx, setting};

use crate::county::{Directory, Link, REGION};

/// Says which seed a database was filled with; none: it is empty.
const SETTING: &str = "demo_seed";
/// The number of this seed.
const SEED: &str = "1";
