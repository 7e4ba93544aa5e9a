//! Sign-in through a province's identity provider (OpenID Connect): authorisation code with PKCE, state and nonce; the provider is
//! found by discovery and its keys are fetched anew when it changes them. Who somebody is here, and that a state is taken once, is
//! kept by the use cases of `app`; nothing is stored here.

mod problem;
mod provider;

pub use problem::Problem;
pub use provider::{Begun, Person, Provider, ProviderSettings};
