//! The provider: discovery, the address to send the browser to, and the exchange of the code for a verified identity.

use std::time::Duration;

use chrono::{DateTime, Utc};
use keqiao_access::secret;
use keqiao_base::{Entropy, Moment};
use keqiao_i18n::Bilingual;
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreIdTokenClaims, CoreProviderMetadata};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, TokenResponse, reqwest,
};
use tokio::sync::Mutex;

use crate::problem::Problem;

/// How long what was discovered is used, seconds.
const DISCOVERED_SECONDS: i64 = 3600;
const ANSWER_TIME: Duration = Duration::from_secs(10);

/// What the operator says about the provider.
#[derive(Clone, Debug)]
pub struct ProviderSettings {
    /// Its address; `https`, or `http` on this machine.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// Our secret there.
    pub client_secret: Option<String>,
    /// What the button says.
    pub title: Bilingual,
    /// Where the provider sends the browser back to: the site's address and our path.
    pub return_address: String,
}

/// A sign-in under way: the browser goes to `url`; the rest is kept until it comes back.
#[derive(Clone, Debug)]
pub struct Begun {
    /// Where the browser goes.
    pub url: String,
    /// What must come back.
    pub state: String,
    /// What the identity token must carry.
    pub nonce: String,
    /// What proves that the code is ours.
    pub verifier: String,
}

/// Who signed in, as the provider says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The provider.
    pub issuer: String,
    /// Who it is there; never given to anybody else.
    pub subject: String,
    /// The name to show.
    pub name: Option<String>,
    /// The name to sign in with there.
    pub login: Option<String>,
}

/// The provider.
#[derive(Debug)]
pub struct Provider {
    settings: ProviderSettings,
    issuer: IssuerUrl,
    redirect: RedirectUrl,
    http: reqwest::Client,
    discovered: Mutex<Option<(Moment, CoreProviderMetadata)>>,
}

impl Provider {
    /// A provider by its settings; nothing is fetched yet.
    ///
    /// # Errors
    /// When an address is none, or is open to eavesdroppers.
    pub fn new(settings: ProviderSettings) -> Result<Provider, Problem> {
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|e| Problem::Settings(e.to_string()))?;
        let host = issuer.url().host_str().unwrap_or_default();
        let on_this_machine = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        if issuer.url().scheme() != "https" && !on_this_machine {
            return Err(Problem::Settings(
                "身份认证平台的地址必须以 https: 开头 · the issuer must begin with https:".to_owned(),
            ));
        }
        let redirect =
            RedirectUrl::new(settings.return_address.clone()).map_err(|e| Problem::Settings(e.to_string()))?;
        // Redirects are not followed: the provider could be made to point us at machines within.
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(ANSWER_TIME);
        let http = http.build().map_err(|e| Problem::Settings(e.to_string()))?;
        Ok(Provider { settings, issuer, redirect, http, discovered: Mutex::new(None) })
    }

    /// What the button says.
    pub fn title(&self) -> &Bilingual {
        &self.settings.title
    }

    /// Begins a sign-in.
    ///
    /// # Errors
    /// When the provider does not answer.
    pub async fn begin(&self, now: Moment, entropy: &dyn Entropy) -> Result<Begun, Problem> {
        let metadata = self.metadata(now).await?;
        let [state, nonce, verifier] = [(); 3].map(|()| secret::session(entropy).clear);
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.clone()));
        let client = CoreClient::from_provider_metadata(metadata, self.client_id(), self.client_secret());
        let client = client.set_redirect_uri(self.redirect.clone());
        let (sent_state, sent_nonce) = (CsrfToken::new(state.clone()), Nonce::new(nonce.clone()));
        let (url, ..) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || sent_state, move || sent_nonce)
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        Ok(Begun { url: url.into(), state, nonce, verifier })
    }

    /// Finishes a sign-in: the code is exchanged, the identity token verified.
    ///
    /// # Errors
    /// When the provider refuses the code, or the token cannot be trusted.
    pub async fn finish(&self, code: &str, nonce: &str, verifier: &str, now: Moment) -> Result<Person, Problem> {
        let metadata = self.metadata(now).await?;
        let token = self.exchange(metadata.clone(), code, verifier).await?;
        let nonce = Nonce::new(nonce.to_owned());
        let claims = match self.claims(metadata, &token, &nonce, now) {
            // The provider has changed its keys since we asked: ask again, once.
            Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
                self.discovered.lock().await.take();
                self.claims(self.metadata(now).await?, &token, &nonce, now)
            }
            claims => claims,
        };
        claims.map(|claims| person(&claims)).map_err(distrust)
    }

    async fn exchange(
        &self,
        metadata: CoreProviderMetadata,
        code: &str,
        verifier: &str,
    ) -> Result<CoreIdToken, Problem> {
        let client = CoreClient::from_provider_metadata(metadata, self.client_id(), self.client_secret());
        let client = client.set_redirect_uri(self.redirect.clone());
        let request = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|e| Problem::Unreachable(e.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()));
        let answer = request.request_async(&self.http).await.map_err(|e| match e {
            RequestTokenError::ServerResponse(answer) => Problem::Code(answer.to_string()),
            other => Problem::Unreachable(other.to_string()),
        })?;
        answer.id_token().cloned().ok_or_else(|| Problem::Token("the answer holds no identity token".to_owned()))
    }

    fn claims(
        &self,
        metadata: CoreProviderMetadata,
        token: &CoreIdToken,
        nonce: &Nonce,
        now: Moment,
    ) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
        let client = CoreClient::from_provider_metadata(metadata, self.client_id(), self.client_secret());
        let time = move || DateTime::<Utc>::from_timestamp_millis(now.millis()).unwrap_or_default();
        let verifier = client.id_token_verifier().set_time_fn(time);
        token.claims(&verifier, nonce).cloned()
    }

    async fn metadata(&self, now: Moment) -> Result<CoreProviderMetadata, Problem> {
        let mut discovered = self.discovered.lock().await;
        if let Some((at, metadata)) = &*discovered
            && (0..DISCOVERED_SECONDS).contains(&now.seconds_since(*at))
        {
            return Ok(metadata.clone());
        }
        let metadata = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await;
        let metadata = metadata.map_err(|e| Problem::Unreachable(e.to_string()))?;
        *discovered = Some((now, metadata.clone()));
        Ok(metadata)
    }

    fn client_id(&self) -> ClientId {
        ClientId::new(self.settings.client_id.clone())
    }

    fn client_secret(&self) -> Option<ClientSecret> {
        self.settings.client_secret.clone().map(ClientSecret::new)
    }
}

fn person(claims: &CoreIdTokenClaims) -> Person {
    let name = claims.name().and_then(|n| n.get(None)).map(|n| n.as_str().to_owned());
    Person {
        issuer: claims.issuer().as_str().to_owned(),
        subject: claims.subject().as_str().to_owned(),
        name,
        login: claims.preferred_username().map(|n| n.as_str().to_owned()),
    }
}

fn distrust(error: ClaimsVerificationError) -> Problem {
    match error {
        ClaimsVerificationError::Expired(why) => Problem::Expired(why),
        ClaimsVerificationError::InvalidAudience(why) => Problem::Audience(why),
        ClaimsVerificationError::InvalidIssuer(why) => Problem::Issuer(why),
        ClaimsVerificationError::InvalidNonce(why) => Problem::Nonce(why),
        ClaimsVerificationError::SignatureVerification(why) => Problem::Signature(why.to_string()),
        other => Problem::Token(other.to_string()),
    }
}
