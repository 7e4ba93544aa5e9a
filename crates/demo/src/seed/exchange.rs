//! The exchange of the demo county: what its science workers offer, what its enterprises need, what its citizens ask; handed in, passed,
//! reported and answered by the people whose business it is. It stands at today's date: what is listed must not have run out.

use keqiao_access::Actor;
use keqiao_app::exchange::{self, Answered, InterestForm, ListingForm, RoundForm, StudioForm};
use keqiao_app::{AppResult, Ctx};
use keqiao_base::ListingId;
use keqiao_exchange::choice::{ListingKind, ListingSource, ListingState, ReportReason, ReturnReason, StudioKind};
use keqiao_exchange::classify::{Field, suggest};
use keqiao_exchange::listing::{Cells, Content};
use keqiao_exchange::refine::refine;

use crate::seed::desk::People;

/// Title, form, problem solved, promises, comparison, maturity, price from and to in 元, days, places, key words.
type OfferRow = [&'static str; 11];

const OFFERS: &[OfferRow] = &[
    [
        "谷物烘干余热回收节气改造",
        "service",
        "烘干线天然气、柴油消耗高，排出的湿热空气白白浪费",
        "每吨耗气 ≤ 24 方\n出机含水率 ≤ 13.5 %",
        "加装余热回收后，比直排烘干每吨少用气约三成，不改动烘干塔",
        "spread",
        "60000",
        "90000",
        "45",
        "3",
        "烘干、余热回收、节能",
    ],
    [
        "空气源热泵替代燃气烘干",
        "capability",
        "合作社和加工厂烘干燃料费高、温度不稳，稻谷、花椒、辣椒容易爆腰或变色",
        "含水率 ≤ 14 %",
        "用电代气，每吨烘干成本比燃气低两成左右",
        "applied",
        "80000",
        "150000",
        "60",
        "2",
        "热泵、烘干、稻谷",
    ],
    [
        "烘干机在线水分检测与自动控温",
        "result",
        "烘干凭经验看水分，过干费气、过湿返工",
        "含水率 ≤ 14 %\n水分误差 ≤ 0.5 个百分点",
        "比人工取样少停机，过干损失减少一半",
        "pilot",
        "20000",
        "35000",
        "30",
        "5",
        "在线水分检测、自动控温、烘干",
    ],
    [
        "农产品烘干能耗检测与诊断",
        "test",
        "说不清烘干线的气和电用在哪里，改造前后没有数据",
        "",
        "按规程实测，出具诊断报告和改造建议，不卖设备",
        "spread",
        "3000",
        "6000",
        "10",
        "10",
        "能耗检测、烘干、诊断",
    ],
    [
        "燃气烘干炉燃烧器调试与保养",
        "service",
        "燃烧器空燃比失调，火焰发黄、费气，故障停机多",
        "每吨耗气 ≤ 30 方",
        "调试一次节气一成左右，花费少、见效快，不停产",
        "spread",
        "2000",
        "8000",
        "5",
        "8",
        "燃烧器、燃气、保养",
    ],
    [
        "茶园病虫害绿色防控技术指导",
        "service",
        "茶小绿叶蝉、茶尺蠖反复发生，农药用多了影响茶叶出口",
        "农药用量 ≤ 50 %",
        "色板、天敌和精准用药结合，用药次数减少一半以上",
        "spread",
        "5000",
        "20000",
        "90",
        "6",
        "茶园、绿色防控、病虫害",
    ],
    [
        "养殖场粪污异位发酵处理",
        "capability",
        "猪场粪水难处理、臭气扰民，环保检查不过关",
        "臭气浓度 ≤ 70 ",
        "菌床处理不外排，垫料两年一换，可做有机肥",
        "applied",
        "30000",
        "120000",
        "60",
        "2",
        "粪污、发酵、臭气",
    ],
    [
        "食用菌工厂化栽培温湿度控制",
        "result",
        "菇房温湿度全靠人盯，出菇不齐、畸形菇多",
        "畸形率 ≤ 5 %",
        "自动通风加湿，比人工管理增产一成以上",
        "pilot",
        "15000",
        "40000",
        "40",
        "3",
        "食用菌、温湿度、控制",
    ],
    [
        "农业无人机飞防操作培训",
        "course",
        "乡镇飞防手不够，持证操作人员少",
        "",
        "小班带机教学，结业即可上岗",
        "spread",
        "800",
        "1500",
        "7",
        "20",
        "无人机、植保、培训",
    ],
    [
        "猕猴桃溃疡病早期检测",
        "test",
        "猕猴桃溃疡病发现晚，整园砍树损失大",
        "检出时间 ≤ 3 天",
        "取枝条即可检测，比看症状早两周",
        "applied",
        "200",
        "500",
        "3",
        "30",
        "猕猴桃、溃疡病、检测",
    ],
];

/// Title and a note as people say it; budget and time stand in the note.
const DEMANDS: &[(&str, &str)] = &[
    (
        "稻谷烘干线天然气消耗偏高",
        "合作社有两条天然气烘干线，每天烘稻谷40吨，烘干太费气，成本高，每吨耗气不超过25方，含水率不超过14%，不能停产改造，预算8到10万元，明年9月底前完成",
    ),
    (
        "猪场粪水异味大，周边群众意见多",
        "养殖场存栏2000头，粪水发酵池满了，臭气大，希望解决臭气问题，不得新增占地，预算5到12万元，明年12月底前完成",
    ),
    (
        "茶园农药用得多，出口检测过不了",
        "茶园1200亩，茶小绿叶蝉和茶尺蠖难治，农药残留超标，希望用药减少，预算2万元，明年6月底前完成",
    ),
];

const QUESTIONS: &[(&str, &str)] = &[
    ("隔夜的银耳汤还能不能喝", "家里老人舍不得倒，放冰箱一夜能喝吗"),
    ("孩子近视戴离焦眼镜有没有用", "小学三年级，半年涨了75度"),
    ("滑坡之前有哪些征兆", "屋后山坡下雨天有裂缝，心里不踏实"),
];

/// Everything, by the people of the demo.
pub(crate) async fn write(ctx: &Ctx, people: &People) -> AppResult<()> {
    let (officer, worker, member, citizen) =
        (people.get("officer")?, people.get("worker")?, people.get("member")?, people.get("citizen")?);
    let mut offers = Vec::new();
    for row in OFFERS {
        offers.push(listed(ctx, officer, worker, ListingKind::Offer, offer(row)).await?);
    }
    let mut demands = Vec::new();
    for (title, note) in DEMANDS {
        let Cells(mut cells) = Content::cells_of(&refine(note, ctx.now().day()));
        cells.push(("title".to_owned(), (*title).to_owned()));
        cells.push(("maturity".to_owned(), "applied".to_owned()));
        demands.push(listed(ctx, officer, member, ListingKind::Demand, cells).await?);
    }
    for (title, words) in QUESTIONS {
        let cells = vec![("title".to_owned(), (*title).to_owned()), ("words".to_owned(), (*words).to_owned())];
        listed(ctx, officer, citizen, ListingKind::Question, cells).await?;
    }
    waiting(ctx, people).await?;
    let words = |text: &str| InterestForm { words: text.to_owned(), phone: "13900000002".to_owned(), own: None };
    exchange::express(ctx, worker, demands[0], &words("做过三条同型号烘干线的余热回收，可先上门测一次能耗")).await?;
    exchange::express(ctx, member, offers[4], &words("想先调试燃烧器，看看能省多少")).await?;
    let asked = exchange::show(ctx, member, offers[4]).await?.interests.first().map(|i| i.id);
    if let Some(asked) = asked {
        exchange::answer(ctx, worker, asked, &Answered::Accepted, "下周可以上门").await?;
    }
    let revision = exchange::show(ctx, officer, demands[2]).await?.listing.revision;
    let questions = ["验收指标：农药残留要降到多少？按哪个检测标准？", "约束：采茶季能不能进园作业？"];
    let asked = RoundForm { questions: questions.map(str::to_owned).into(), due: ctx.now().day().plus(7).to_string() };
    exchange::ask_round(ctx, officer, demands[2], revision, &asked).await?;
    exchange::report(ctx, citizen, offers[9], ReportReason::Stale, "电话打了几次没人接").await?;
    studios(ctx, people).await
}

/// What waits for an officer, what was sent back, a draft, and what an officer wrote for somebody.
async fn waiting(ctx: &Ctx, people: &People) -> AppResult<()> {
    let (officer, member) = (people.get("officer")?, people.get("member")?);
    let stock = vec![
        ("title".to_owned(), "智能装备全方位升级".to_owned()),
        ("solves".to_owned(), "为企业赋能，全方位服务，深度融合，助力企业发展，欢迎来电咨询".to_owned()),
    ];
    let (id, _) = handed_in(ctx, member, form(ListingKind::Offer, stock)).await?;
    let revision = exchange::show(ctx, officer, id).await?.listing.revision;
    exchange::send_back(ctx, officer, id, revision, ReturnReason::Unclear, "请写明具体能做什么、做到什么程度").await?;
    let copy = offer(&OFFERS[0]);
    handed_in(ctx, member, form(ListingKind::Offer, copy)).await?;
    exchange::begin(ctx, member, &form(ListingKind::Demand, vec![("title".to_owned(), "冷库夜间".to_owned())])).await?;
    let visit = ListingForm {
        source: ListingSource::Visit,
        owner: "下河村核桃种植户".to_owned(),
        ..form(
            ListingKind::Demand,
            vec![
                ("title".to_owned(), "核桃园举肢蛾危害重".to_owned()),
                ("problem".to_owned(), "核桃发黑落果，打药也不见好".to_owned()),
                ("situation".to_owned(), "坡地核桃60亩，树龄十年".to_owned()),
            ],
        )
    };
    handed_in(ctx, officer, visit).await.map(drop)
}

async fn studios(ctx: &Ctx, people: &People) -> AppResult<()> {
    let (officer, worker, member) = (people.get("officer")?, people.get("worker")?, people.get("member")?);
    let studio = StudioForm {
        kind: StudioKind::Studio,
        region: String::new(),
        name: "云汀节能烘干工作室".to_owned(),
        words: "为合作社和加工厂做烘干线能耗诊断、余热回收和控温改造，改造前后用数据说话。".to_owned(),
        address: "云汀县科技路8号".to_owned(),
        phone: "0990-1234567".to_owned(),
        hours: Vec::new(),
        places: String::new(),
    };
    let base = StudioForm {
        kind: StudioKind::Base,
        name: "云汀茶叶科普馆".to_owned(),
        words: "看一片鲜叶怎样变成茶：采摘、杀青、揉捻、烘焙全程讲解，可动手体验。".to_owned(),
        address: "茶乡路1号".to_owned(),
        hours: ["3-morning", "3-afternoon", "6-morning", "6-afternoon"].map(str::to_owned).into(),
        places: "40".to_owned(),
        ..studio.clone()
    };
    for (who, form) in [(worker, studio), (member, base)] {
        let id = exchange::keep_studio(ctx, who, None, &form).await?;
        exchange::pass_studio(ctx, officer, id, 0).await?;
    }
    Ok(())
}

fn offer(row: &OfferRow) -> Vec<(String, String)> {
    const KEYS: [&str; 11] = [
        "title",
        "form",
        "solves",
        "promises",
        "comparison",
        "maturity",
        "price_from",
        "price_to",
        "days",
        "places",
        "keywords",
    ];
    let cells = KEYS.iter().zip(row).filter(|(_, value)| !value.is_empty());
    cells.map(|(k, value)| ((*k).to_owned(), (*value).to_owned())).collect()
}

/// With the fields that the text suggests, as the form would have them.
fn form(kind: ListingKind, mut cells: Vec<(String, String)>) -> ListingForm {
    let (content, _) = Content::read(kind, &Cells(cells.clone()));
    for (key, field) in
        [("discipline", Field::Discipline), ("industry", Field::Industry), ("technology", Field::Technology)]
    {
        if let Some(class) = suggest(field, &content.title, &content.body()) {
            cells.push((key.to_owned(), class.code.to_owned()));
        }
    }
    ListingForm {
        kind,
        source: ListingSource::Own,
        owner: String::new(),
        login: String::new(),
        region: String::new(),
        phone: "13900000001".to_owned(),
        cells: Cells(cells),
    }
}

async fn handed_in(ctx: &Ctx, who: &Actor, form: ListingForm) -> AppResult<(ListingId, ListingState)> {
    let id = exchange::begin(ctx, who, &form).await?;
    let done = exchange::submit(ctx, who, id, 0, &form).await?;
    Ok((id, done.state))
}

/// Handed in, and passed by the officer where somebody had to look.
async fn listed(
    ctx: &Ctx,
    officer: &Actor,
    who: &Actor,
    kind: ListingKind,
    cells: Vec<(String, String)>,
) -> AppResult<ListingId> {
    let (id, state) = handed_in(ctx, who, form(kind, cells)).await?;
    if state == ListingState::Waiting {
        let revision = exchange::show(ctx, officer, id).await?.listing.revision;
        exchange::pass(ctx, officer, id, revision).await?;
    }
    Ok(id)
}
