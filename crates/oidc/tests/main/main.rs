//! Sign-in against a real small provider on this machine: discovery, keys, codes, PKCE, and everything that may be wrong with a token.

#![expect(clippy::unwrap_used, reason = "tests")]

mod house;

use house::{House, Wrong};
use keqiao_base::{FixedEntropy, Moment};
use keqiao_i18n::Bilingual;
use keqiao_oidc::{Person, Problem, Provider, ProviderSettings};

const NOW: Moment = Moment::from_millis(1_795_255_509_123);

fn provider(house: &House) -> Provider {
    Provider::new(ProviderSettings {
        issuer: house.address.clone(),
        client_id: "keqiao".to_owned(),
        client_secret: Some("a secret of ours".to_owned()),
        title: Bilingual::new("省统一身份认证", "The province's sign-in"),
        return_address: "http://localhost/sign-in/provider/return".to_owned(),
    })
    .unwrap()
}

/// One sign-in from the button to the end, as a browser would do it.
async fn sign_in(house: &House) -> Result<Person, Problem> {
    let provider = provider(house);
    let begun = provider.begin(NOW, &FixedEntropy::seed(5)).await?;
    let back = house.visit(&begun.url);
    assert_eq!(back.state, begun.state);
    provider.finish(&back.code, &begun.nonce, &begun.verifier, NOW).await
}

#[tokio::test]
async fn a_sign_in_gives_issuer_subject_and_name() {
    let house = House::open(Wrong::Nothing).await;
    let person = sign_in(&house).await.unwrap();
    assert_eq!(person.issuer, house.address);
    assert_eq!((person.subject.as_str(), person.name.as_deref()), ("330000-42", Some("李华")));
    assert_eq!(person.login.as_deref(), Some("lihua"));
}

#[tokio::test]
async fn what_is_wrong_with_a_token_is_refused_by_name() {
    let refused = async |wrong| {
        let problem = sign_in(&House::open(wrong).await).await.unwrap_err();
        assert!(!problem.refusal().message.zh.is_empty());
        problem
    };
    assert!(matches!(refused(Wrong::Nonce).await, Problem::Nonce(_)));
    assert!(matches!(refused(Wrong::Audience).await, Problem::Audience(_)));
    assert!(matches!(refused(Wrong::Issuer).await, Problem::Issuer(_)));
    assert!(matches!(refused(Wrong::Expired).await, Problem::Expired(_)));
    assert!(matches!(refused(Wrong::Key).await, Problem::Signature(_)));
    assert!(matches!(
        refused(Wrong::Unsigned).await,
        Problem::Signature(_) | Problem::Token(_) | Problem::Unreachable(_)
    ));
    assert!(matches!(refused(Wrong::NoToken).await, Problem::Token(_)));
}

#[tokio::test]
async fn a_code_is_good_once_and_only_with_its_verifier() {
    let house = House::open(Wrong::Nothing).await;
    let provider = provider(&house);
    let begun = provider.begin(NOW, &FixedEntropy::seed(6)).await.unwrap();
    let back = house.visit(&begun.url);
    let other = "another verifier, long enough for the standard to take it";
    let stolen = provider.finish(&back.code, &begun.nonce, other, NOW).await.unwrap_err();
    assert!(matches!(stolen, Problem::Code(_)), "{stolen}");

    let back = house.visit(&begun.url);
    provider.finish(&back.code, &begun.nonce, &begun.verifier, NOW).await.unwrap();
    let again = provider.finish(&back.code, &begun.nonce, &begun.verifier, NOW).await.unwrap_err();
    assert!(matches!(again, Problem::Code(_)), "{again}");
}

#[tokio::test]
async fn new_keys_of_the_provider_are_fetched() {
    let house = House::open(Wrong::Nothing).await;
    let provider = provider(&house);
    let begun = provider.begin(NOW, &FixedEntropy::seed(7)).await.unwrap();
    house.change_key();
    let back = house.visit(&begun.url);
    assert!(provider.finish(&back.code, &begun.nonce, &begun.verifier, NOW).await.is_ok());
}

#[tokio::test]
async fn a_provider_that_is_away_is_said_so_and_open_addresses_are_refused() {
    let house = House::open(Wrong::Nothing).await;
    let mut settings = ProviderSettings {
        issuer: "http://127.0.0.1:1".to_owned(),
        client_id: "keqiao".to_owned(),
        client_secret: None,
        title: Bilingual::default(),
        return_address: "http://localhost/back".to_owned(),
    };
    let away = Provider::new(settings.clone()).unwrap().begin(NOW, &FixedEntropy::seed(8)).await.unwrap_err();
    assert_eq!(away.refusal().code, "provider.unreachable");
    // Discovery must name the issuer that was asked.
    settings.issuer = format!("{}/elsewhere", house.address);
    assert!(Provider::new(settings.clone()).unwrap().begin(NOW, &FixedEntropy::seed(8)).await.is_err());
    for open in ["http://id.example.com", "id.example.com", ""] {
        settings.issuer = open.to_owned();
        assert!(matches!(Provider::new(settings.clone()), Err(Problem::Settings(_))), "{open}");
    }
}
