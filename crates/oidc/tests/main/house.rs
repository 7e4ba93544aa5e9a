//! A small identity provider on this machine, for tests: discovery, keys, token endpoint with PKCE and codes that open once. What it
//! signs can be wrong in one respect.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What is wrong with the identity tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Nothing,
    Nonce,
    Audience,
    Issuer,
    Expired,
    Key,
    Unsigned,
    NoToken,
}

struct Inner {
    address: String,
    wrong: Wrong,
    key: Mutex<u8>,
    /// Code to nonce and challenge.
    codes: Mutex<HashMap<String, (String, String)>>,
}

/// The provider.
pub struct House {
    pub address: String,
    inner: Arc<Inner>,
}

/// What the browser brings back.
pub struct Back {
    pub code: String,
    pub state: String,
}

impl House {
    pub async fn open(wrong: Wrong) -> House {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let inner = Arc::new(Inner { address: address.clone(), wrong, key: Mutex::new(1), codes: Mutex::default() });
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/elsewhere/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(inner.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        House { address, inner }
    }

    /// What the provider's sign-in page does once the person has signed in: a code, and the way back.
    pub fn visit(&self, url: &str) -> Back {
        let query: HashMap<String, String> =
            openidconnect::url::Url::parse(url).unwrap().query_pairs().into_owned().collect();
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["code_challenge_method"], "S256");
        assert_eq!(query["client_id"], "keqiao");
        assert!(query["scope"].split(' ').any(|s| s == "openid"));
        let mut codes = self.inner.codes.lock().unwrap();
        let code = format!("code-{}", codes.len());
        codes.insert(code.clone(), (query["nonce"].clone(), query["code_challenge"].clone()));
        Back { code, state: query["state"].clone() }
    }

    pub fn change_key(&self) {
        *self.inner.key.lock().unwrap() += 1;
    }
}

/// An Ed25519 key of fixed bytes, in the form of PKCS 8.
fn signing_key(number: u8) -> CoreEdDsaPrivateSigningKey {
    let mut der = vec![0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
    der.extend([number; 32]);
    let label = "PRIVATE KEY";
    let pem = format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", STANDARD.encode(der));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new(format!("key-{number}")))).unwrap()
}

async fn discovery(State(house): State<Arc<Inner>>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", house.address);
    Json(json!({
        "issuer": house.address,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
    }))
}

async fn keys(State(house): State<Arc<Inner>>) -> Json<CoreJsonWebKeySet> {
    let key = signing_key(*house.key.lock().unwrap()).as_verification_key();
    Json(CoreJsonWebKeySet::new(vec![key]))
}

async fn token(
    State(house): State<Arc<Inner>>,
    Form(form): Form<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let taken = house.codes.lock().unwrap().insert(form["code"].clone(), Default::default());
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(form["code_verifier"].as_bytes()));
    let Some((nonce, _)) = taken.filter(|(_, expected)| *expected == challenge) else {
        return (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"})));
    };
    let mut answer = json!({"access_token": "an access token", "token_type": "Bearer", "expires_in": 300});
    if house.wrong != Wrong::NoToken {
        answer["id_token"] = Value::String(identity_token(&house, nonce));
    }
    (StatusCode::OK, Json(answer))
}

fn identity_token(house: &Inner, nonce: String) -> String {
    let wrong = |respect, value: &str, right: String| if house.wrong == respect { value.to_owned() } else { right };
    let number = *house.key.lock().unwrap();
    let now = 1_795_255_509;
    let claims = json!({
        "iss": wrong(Wrong::Issuer, "http://127.0.0.1:2", house.address.clone()),
        "aud": wrong(Wrong::Audience, "somebody else", "keqiao".to_owned()),
        "nonce": wrong(Wrong::Nonce, "of another sign-in", nonce),
        "sub": "330000-42",
        "name": "李华",
        "preferred_username": "lihua",
        "iat": now - 3600,
        "exp": if house.wrong == Wrong::Expired { now - 60 } else { now + 300 },
    });
    let unsigned = house.wrong == Wrong::Unsigned;
    let head = json!({"alg": if unsigned { "none" } else { "EdDSA" }, "typ": "JWT", "kid": format!("key-{number}")});
    let message =
        format!("{}.{}", URL_SAFE_NO_PAD.encode(head.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()));
    if unsigned {
        return format!("{message}.");
    }
    let key = signing_key(if house.wrong == Wrong::Key { 99 } else { number });
    let signature = key.sign(&CoreJwsSigningAlgorithm::EdDsa, message.as_bytes()).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}
