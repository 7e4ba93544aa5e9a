//! A listing is begun, changed, handed in, confirmed by its owner, put away. Drafts keep whatever was typed; what is handed in must be sound.

use keqiao_access::{Actor, Grade, RegionCode, Signed, may};
use keqiao_base::{ListingId, Refusal};
use keqiao_exchange::choice::{ListingAct, ListingKind, ListingSource, ListingState};
use keqiao_exchange::clarity;
use keqiao_exchange::classify::classified;
use keqiao_exchange::doubts::doubts;
use keqiao_exchange::life::{self, PublisherRecord, Risk};
use keqiao_exchange::listing::{Cells, Content};
use keqiao_store::account as accounts;
use keqiao_store::exchange::listing::{self, Listing, ListingVersion};
use keqiao_store::{ConnectionTrait, Tx};
use serde_json::json;

use super::alike::{Alike, alike, doubts as copies};
use super::{finish, kept, led, store, write_act};
use crate::account::sign_up::region;
use crate::context::Ctx;
use crate::error::AppResult;
use crate::words::{unseen, words};

/// Bytes of everything typed into one listing.
const CELLS_BYTES_MAX: usize = 60_000;
/// The most fields.
const CELLS_MAX: usize = 100;
/// The most drafts that an account keeps.
const DRAFTS_MAX: u64 = 50;

/// A listing as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingForm {
    /// What it is.
    pub kind: ListingKind,
    /// How it came about; anything but `Own` means that an officer writes for somebody.
    pub source: ListingSource,
    /// For whom, by name, where it is written for somebody.
    pub owner: String,
    /// The login of whose it is, when they have an account: then they confirm the text themselves.
    pub login: String,
    /// Name or code of the region; that of the account when empty.
    pub region: String,
    /// How to reach the owner; shown after mutual interest only.
    pub phone: String,
    /// The other fields, as they were typed.
    pub cells: Cells,
}

/// What became of a listing that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// Where it stands now.
    pub state: ListingState,
    /// What an officer is asked to look at; nothing when it was listed at once.
    pub risks: Vec<Risk>,
}

/// Whose it is, how it came about and where: what does not stand in the cells.
struct Whose {
    source: ListingSource,
    owner_id: Option<keqiao_base::AccountId>,
    owner: String,
    organisation_id: Option<keqiao_base::OrganisationId>,
    region: RegionCode,
    phone: String,
}

async fn whose(
    db: &impl ConnectionTrait,
    actor: &Actor,
    who: &Signed,
    form: &ListingForm,
    before: Option<&Listing>,
) -> AppResult<Whose> {
    let me = accounts::load(db, who.account).await?.ok_or_else(Refusal::sign_in)?;
    let missing = || {
        let (zh, en) = ("请填写所在地区，如“云汀县”。", "Name the region, such as “云汀县”.");
        Refusal::field("listing.region", "region", zh, en)
    };
    let home = may::review_regions(actor).first().copied();
    let region = region("region", &form.region)?.or(me.region).or(home).ok_or_else(missing)?;
    let phone = words("phone", &form.phone, 40)?;
    let mine = Whose {
        source: ListingSource::Own,
        owner_id: Some(who.account),
        owner: me.name,
        organisation_id: me.organisation_id,
        region,
        phone,
    };
    // What somebody wrote for me stays written by them, whatever I change in it.
    if let Some(b) = before.filter(|b| b.owner_id == Some(who.account) && b.publisher_id != who.account) {
        return Ok(Whose { source: b.source, owner: b.owner.clone(), organisation_id: b.organisation_id, ..mine });
    }
    if form.source == ListingSource::Own {
        return Ok(mine);
    }
    actor.must(may::publish_for(actor, region))?;
    if !form.login.trim().is_empty() {
        let unknown = || {
            let (zh, en) =
                ("没有这个账号。请核对登录名，或留空只填姓名。", "No such account: check it, or leave it open.");
            Refusal::field("listing.login", "login", zh, en)
        };
        let owner = accounts::load_by_login(db, &form.login.trim().to_lowercase()).await?.ok_or_else(unknown)?;
        return Ok(Whose {
            source: form.source,
            owner_id: Some(owner.id),
            owner: owner.name,
            organisation_id: owner.organisation_id,
            ..mine
        });
    }
    let owner = words("owner", &form.owner, 60)?;
    if owner.is_empty() {
        let (zh, en) = ("代为发布时，请写明为谁发布。", "Say for whom it is written.");
        return Err(Refusal::field("listing.owner", "owner", zh, en).into());
    }
    // The form does not show logins again: the same name means the same account.
    let same = before.filter(|b| b.owner == owner && b.owner_id != Some(who.account));
    let (owner_id, organisation_id) = same.map_or((None, None), |b| (b.owner_id, b.organisation_id));
    Ok(Whose { source: form.source, owner_id, owner, organisation_id, ..mine })
}

/// What was typed, within bounds and without signs that nobody sees.
fn bounded(cells: &Cells) -> Result<Cells, Refusal> {
    let bytes: usize = cells.0.iter().map(|(k, v)| k.len() + v.len()).sum();
    if bytes > CELLS_BYTES_MAX || cells.0.len() > CELLS_MAX {
        let (zh, en) =
            ("内容过长，请删减，或把细节放进附件。", "Too long: shorten it, or put the details into a file.");
        return Err(Refusal::field("listing.too_long", "title", zh, en));
    }
    let shown = |text: &str| text.chars().filter(|c| !unseen(*c) && *c != '\t').collect::<String>();
    Ok(Cells(cells.0.iter().filter(|(_, v)| !v.trim().is_empty()).map(|(k, v)| (shown(k), shown(v))).collect()))
}

/// The listing as the form says.
fn filled(before: Listing, form: &ListingForm, whose: Whose) -> AppResult<Listing> {
    Ok(Listing {
        region: whose.region,
        owner_id: whose.owner_id,
        owner: whose.owner,
        organisation_id: whose.organisation_id,
        phone: whose.phone,
        source: whose.source,
        ..saying(before, &form.cells)?
    })
}

/// The same listing with other words.
pub(super) fn saying(before: Listing, cells: &Cells) -> AppResult<Listing> {
    let cells = bounded(cells)?;
    let (content, _) = Content::read(before.kind, &cells);
    Ok(Listing {
        title: content.title.chars().take(60).collect(),
        discipline: content.discipline.chars().take(20).collect(),
        industry: content.industry.chars().take(20).collect(),
        technology: content.technology.chars().take(20).collect(),
        clarity: i32::try_from(clarity::total(&clarity::lines(&content))).unwrap_or(0),
        cells: serde_json::to_string(&cells)?,
        ..before
    })
}

/// Begins a draft; it keeps whatever was typed.
///
/// # Errors
/// A refusal when the actor has no account, may not write for others there, or has too many drafts.
pub async fn begin(ctx: &Ctx, actor: &Actor, form: &ListingForm) -> AppResult<ListingId> {
    let who = actor.must(may::publish(actor))?;
    let tx = ctx.begin().await?;
    if listing::count_of(&tx, who.account, &[ListingState::Draft], None).await? >= DRAFTS_MAX {
        let (zh, en) = ("草稿过多，请先提交或归档一些。", "Too many drafts: hand some in or put them away.");
        return Err(Refusal::new(keqiao_base::Kind::Conflict, "listing.drafts", zh, en).into());
    }
    let whose = whose(&tx, actor, who, form, None).await?;
    let now = ctx.now();
    let blank = Listing {
        id: ListingId::new(&*ctx.clock, &*ctx.entropy),
        kind: form.kind,
        region: whose.region,
        state: ListingState::Draft,
        title: String::new(),
        cells: String::new(),
        discipline: String::new(),
        industry: String::new(),
        technology: String::new(),
        clarity: 0,
        owner_id: None,
        owner: String::new(),
        organisation_id: None,
        phone: String::new(),
        publisher_id: who.account,
        publisher: who.name.clone(),
        source: form.source,
        consent_at: None,
        risks: "[]".to_owned(),
        reason: None,
        words: String::new(),
        decider_id: None,
        version: 0,
        submitted_at: None,
        listed_at: None,
        confirmed_at: None,
        valid_until: None,
        revision: 0,
        created_at: now,
        updated_at: now,
    };
    let made = filled(blank, form, whose)?;
    let (id, detail) = (made.id, json!({ "kind": made.kind, "source": made.source }));
    listing::insert(&tx, made).await?;
    write_act(ctx, &tx, actor, id, ListingAct::Begun, "").await?;
    finish(ctx, tx, actor, "listing.begun", &format!("listing:{id}"), detail).await?;
    Ok(id)
}

/// Changes what is not shown to everybody. What is listed is changed by [`submit`] only, so that it is sound at every moment.
///
/// # Errors
/// A refusal when the actor may not, or somebody changed it since `revision`.
pub async fn save(ctx: &Ctx, actor: &Actor, id: ListingId, revision: i32, form: &ListingForm) -> AppResult<()> {
    let who = actor.must(may::publish(actor))?;
    let tx = ctx.begin().await?;
    let before = kept(&tx, actor, id).await?;
    if !matches!(before.state, ListingState::Draft | ListingState::Returned | ListingState::Expired) {
        return Err(Refusal::conflict().into());
    }
    let whose = whose(&tx, actor, who, form, Some(&before)).await?;
    let after = filled(before, form, whose)?;
    store(ctx, &tx, actor, &Listing { consent_at: None, ..after }, revision, (ListingAct::Changed, "")).await?;
    finish(ctx, tx, actor, "listing.changed", &format!("listing:{id}"), json!({})).await
}

/// Hands a listing in as the form says, with the fields that nobody chose as its text suggests them: it is listed at once, or waits for an
/// officer with the reasons.
///
/// # Errors
/// A refusal with everything that is wrong, when the actor may not, or somebody changed it since `revision`.
pub async fn submit(
    ctx: &Ctx,
    actor: &Actor,
    id: ListingId,
    revision: i32,
    form: &ListingForm,
) -> AppResult<Submitted> {
    let who = actor.must(may::publish(actor))?;
    // Looked for before the one write transaction begins: it may take a moment.
    let (said, _) = Content::read(form.kind, &form.cells);
    let body = said.body();
    let found = alike(ctx, &said.title, &body, Some(id)).await?;
    let form = &ListingForm { cells: classified(form.cells.clone(), &said.title, &body), ..form.clone() };
    let tx = ctx.begin().await?;
    let before = kept(&tx, actor, id).await?;
    if before.state == ListingState::Waiting {
        return Err(Refusal::conflict().into());
    }
    let whose = whose(&tx, actor, who, form, Some(&before)).await?;
    let after = filled(before.clone(), form, whose)?;
    let (after, risks, act) = weighed(ctx, &tx, who, &before, after, &found).await?;
    let state = after.state;
    store(ctx, &tx, actor, &after, revision, (act, "")).await?;
    finish(ctx, tx, actor, "listing.submitted", &format!("listing:{id}"), json!({ "state": state, "risks": risks }))
        .await?;
    Ok(Submitted { state, risks })
}

/// What is handed in as it stands from now on: sound, with its owner's word, listed at once or waiting with the reasons. What waits already goes on
/// waiting when it is changed.
///
/// # Errors
/// A refusal with everything that is wrong, or when it cannot be handed in there.
pub(super) async fn weighed(
    ctx: &Ctx,
    tx: &Tx,
    who: &Signed,
    before: &Listing,
    mut after: Listing,
    found: &[Alike],
) -> AppResult<(Listing, Vec<Risk>, ListingAct)> {
    let cells: Cells = serde_json::from_str(&after.cells)?;
    let (content, faults) = Content::read(after.kind, &cells);
    if !faults.is_empty() {
        return Err(Refusal::fields("listing.invalid", faults).into());
    }
    let changed = before.cells != after.cells || before.owner_id != after.owner_id;
    after.consent_at = match after.owner_id {
        Some(owner) if owner == who.account => Some(ctx.now()),
        _ if changed => None,
        _ => before.consent_at,
    };
    let risks = risks(ctx, tx, who, (&after, &content), found).await?;
    after.risks = serde_json::to_string(&risks)?;
    after.submitted_at = Some(ctx.now());
    let act = if risks.is_empty() { ListingAct::Listed } else { ListingAct::Submitted };
    after.state = led(before, act)?;
    if act == ListingAct::Listed {
        list(ctx, tx, &mut after, &who.name).await?;
    }
    Ok((after, risks, act))
}

/// What speaks against listing it at once.
async fn risks(
    ctx: &Ctx,
    tx: &Tx,
    who: &Signed,
    (listing, content): (&Listing, &Content),
    found: &[Alike],
) -> AppResult<Vec<Risk>> {
    use ListingState::{Archived, Expired, Frozen, Listed};
    let me = who.account;
    let record = PublisherRecord {
        vouched: who.grade >= Grade::Vouched || !who.roles.is_empty(),
        passed: listing::count_of(tx, me, &[Listed, Expired, Archived], None).await?,
        frozen: listing::count_of(tx, me, &[Frozen], None).await?,
        last_day: listing::count_of(tx, me, &[], Some(ctx.now().plus_days(-1))).await?,
        unconfirmed: listing.consent_at.is_none(),
    };
    let mut doubted = doubts(&listing.title, &content.body());
    doubted.extend(copies(found, listing.kind, listing.owner_id, &listing.owner));
    Ok(life::risks(&record, &doubted))
}

/// Everybody finds it from now on: the next version, a new term.
pub(super) async fn list(ctx: &Ctx, tx: &Tx, listing: &mut Listing, author: &str) -> AppResult<()> {
    let cells: Cells = serde_json::from_str(&listing.cells)?;
    let (content, _) = Content::read(listing.kind, &cells);
    let (now, today) = (ctx.now(), ctx.now().day());
    let deadline = content.demand().and_then(|d| d.parts.deadline);
    listing.version = listing.version.saturating_add(1);
    listing.listed_at = listing.listed_at.or(Some(now));
    listing.confirmed_at = Some(now);
    listing.valid_until = Some(life::valid_until(listing.kind, today, deadline));
    listing.reason = None;
    listing.words = String::new();
    listing.decider_id = None;
    let version = ListingVersion {
        listing_id: listing.id,
        version: listing.version,
        title: listing.title.clone(),
        cells: listing.cells.clone(),
        author: author.to_owned(),
        at: now,
    };
    Ok(listing::keep_version(tx, version).await?)
}

/// The owner confirms a text that somebody else wrote; or an officer writes down how an owner without an account did.
///
/// # Errors
/// A refusal when the actor may not, an officer says nothing, or somebody changed it since `revision`.
pub async fn consent(ctx: &Ctx, actor: &Actor, id: ListingId, revision: i32, said: &str) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let before = kept(&tx, actor, id).await?;
    let own = may::own_listing(actor, before.owner_id);
    if !own {
        // Whoever has an account speaks for themselves.
        actor.must(before.owner_id.is_none())?;
    }
    let said = words("words", said, 300)?;
    if !own && said.is_empty() {
        let (zh, en) = (
            "请写明何时、以何种方式确认，如“11月20日电话确认”。",
            "Say when and how, such as “by phone, 20 November”.",
        );
        return Err(Refusal::field("listing.consent", "words", zh, en).into());
    }
    let state = led(&before, ListingAct::Confirmed)?;
    let after = Listing { state, consent_at: Some(ctx.now()), ..before };
    store(ctx, &tx, actor, &after, revision, (ListingAct::Confirmed, &said)).await?;
    finish(ctx, tx, actor, "listing.confirmed", &format!("listing:{id}"), json!({ "own": own })).await
}

/// Puts a listing away.
///
/// # Errors
/// A refusal when the actor may not, or somebody changed it since `revision`.
pub async fn archive(ctx: &Ctx, actor: &Actor, id: ListingId, revision: i32) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let before = kept(&tx, actor, id).await?;
    let state = led(&before, ListingAct::Archived)?;
    store(ctx, &tx, actor, &Listing { state, ..before }, revision, (ListingAct::Archived, "")).await?;
    finish(ctx, tx, actor, "listing.archived", &format!("listing:{id}"), json!({})).await
}
