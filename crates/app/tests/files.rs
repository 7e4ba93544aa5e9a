//! Files: by content, whole or not at all, within limits.

use keqiao_app::AppError;
use keqiao_app::files::FileHash;
use keqiao_app::fixture::TestCtx;
use keqiao_base::Kind;

#[tokio::test]
async fn the_same_bytes_are_kept_once_and_read_back() {
    let ctx = TestCtx::new().await.unwrap();
    let one = ctx.files.put(&*ctx.entropy, b"abc").await.unwrap();
    let two = ctx.files.put(&*ctx.entropy, b"abc").await.unwrap();
    assert_eq!(one, two);
    assert_eq!(one.as_str(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(ctx.files.read(&one).await.unwrap(), b"abc");
    assert_eq!(std::fs::read_dir(ctx.files.root().join("incoming")).unwrap().count(), 0);
}

#[tokio::test]
async fn a_file_beyond_its_limit_leaves_nothing() {
    let ctx = TestCtx::new().await.unwrap();
    let mut incoming = ctx.files.begin(&*ctx.entropy, 4).await.unwrap();
    let refused = incoming.write(b"12345").await.unwrap_err();
    assert!(matches!(refused, AppError::Refusal(r) if r.kind == Kind::TooLarge));
    drop(incoming);
    assert_eq!(std::fs::read_dir(ctx.files.root().join("incoming")).unwrap().count(), 0);
}

#[test]
fn a_path_is_not_a_hash() {
    for text in ["../../etc/passwd", "", "ABCD", &"g".repeat(64), &"a".repeat(63)] {
        assert!(text.parse::<FileHash>().is_err());
    }
}

#[tokio::test]
async fn a_file_that_was_never_finished_is_thrown_away_a_day_later() {
    let ctx = TestCtx::new().await.unwrap();
    let incoming = ctx.files.root().join("incoming");
    for (name, hours) in [("old", 25), ("young", 23)] {
        let file = std::fs::File::create(incoming.join(name)).unwrap();
        let touched = file.metadata().unwrap().modified().unwrap() - std::time::Duration::from_secs(hours * 3600);
        file.set_modified(touched).unwrap();
    }
    ctx.files.forget_abandoned().await.unwrap();
    let left: Vec<_> = std::fs::read_dir(incoming).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["young"]);
}
