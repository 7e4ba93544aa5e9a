//! Hashing passwords: argon2id, off the threads that answer, and only so many at a time, for each takes 19 MB and a core.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use keqiao_base::Entropy;
use tokio::sync::Semaphore;

use crate::error::AppResult;

static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A hash that no password opens: verified in place of none, so that an unknown login takes as long as a known one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$a2VxaWFvLW5vYm9keS1zYWx0$W5y7q3hRk3lWJv2c5nE1m0oT8sYxZpQdGfUaBhCiDjE";

fn argon2() -> Argon2<'static> {
    // 19 MiB, two passes: the first choice of the OWASP cheat sheet (2024) for argon2id.
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or(Params::DEFAULT);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a password with a new salt.
///
/// # Errors
/// When the machine has no memory left for it.
pub async fn make(entropy: &dyn Entropy, password: &str) -> AppResult<String> {
    let mut salt = [0u8; 16];
    entropy.fill(&mut salt);
    let password = password.to_owned();
    let _turn = AT_ONCE.acquire().await.map_err(anyhow::Error::new)?;
    let hash = tokio::task::spawn_blocking(move || {
        argon2().hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string())
    });
    Ok(hash.await?.map_err(|e| anyhow::anyhow!("argon2: {e}"))?)
}

/// Whether a password is the one of a hash. Without a hash it takes as long and is `false`.
///
/// # Errors
/// When the stored hash cannot be read.
pub async fn check(hash: Option<&str>, password: &str) -> AppResult<bool> {
    let known = hash.is_some();
    let (hash, password) = (hash.unwrap_or(NOBODY).to_owned(), password.to_owned());
    let _turn = AT_ONCE.acquire().await.map_err(anyhow::Error::new)?;
    let same = tokio::task::spawn_blocking(move || {
        let hash = PasswordHash::new(&hash).map_err(|e| anyhow::anyhow!("a stored hash: {e}"))?;
        anyhow::Ok(argon2().verify_password(password.as_bytes(), &hash).is_ok())
    });
    Ok(same.await?? && known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use keqiao_base::FixedEntropy;

    #[tokio::test]
    async fn a_hash_opens_to_its_password_only() {
        let hash = make(&FixedEntropy::seed(1), "春眠不觉晓处处闻啼鸟").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(check(Some(&hash), "春眠不觉晓处处闻啼鸟").await.unwrap());
        assert!(!check(Some(&hash), "春眠不觉晓").await.unwrap());
        assert!(!check(None, "春眠不觉晓").await.unwrap());
    }
}
