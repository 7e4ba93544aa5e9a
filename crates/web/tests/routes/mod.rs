//! One file per area, as the addresses are.

mod access;
mod account;
mod desk;
mod directory;
mod evidence;
mod exchange_api;
mod ground;
mod money;
mod performance;
