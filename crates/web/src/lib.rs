//! The face: pages, forms, live changes and the interface for programs under `/api/v1`. A handler parses, calls one use case of `app`,
//! renders; it holds no rule and no query.

mod api;
mod asker;
mod assets;
mod chart;
mod cookie;
mod failure;
mod faults;
mod guard;
mod key;
mod listing;
mod live;
mod menu;
mod metrics;
mod notice;
mod pages;
mod qr;
mod received;
mod router;
mod server;
mod state;
mod view;

pub use router::router;
pub use server::{Server, serve};
pub use state::App;
