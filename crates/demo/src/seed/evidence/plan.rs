//! What a science association of a county does in a month, as rows that somebody might have typed.

use keqiao_base::Day;
use keqiao_evidence::{EvidenceRow, Kind};
use keqiao_sheet::Record as _;

use crate::county::{Draw, TOWNS};

/// One sort of activity: kind, titles, places, people from and up to, money in 元 up to, months in which it happens, how often in a month.
struct Sort {
    kind: Kind,
    titles: &'static [&'static str],
    places: &'static [&'static str],
    people: (usize, usize),
    money: usize,
    months: &'static [u32],
    times: usize,
}

/// When somebody counts a crowd that no hall holds.
const CROWD: (i32, u32) = (2026, 9);

const EVERY: &[u32] = &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

const SORTS: &[Sort] = &[
    Sort {
        kind: Kind::Training,
        titles: &[
            "水稻病虫害绿色防控培训",
            "茶园管理技术培训",
            "食用菌栽培培训",
            "果树修剪技术培训",
            "水产养殖尾水治理培训",
        ],
        places: &["镇农技站", "镇党群服务中心", "村文化礼堂"],
        people: (28, 75),
        money: 3_600,
        months: &[2, 3, 4, 5, 6, 8, 9, 10, 11],
        times: 3,
    },
    Sort {
        kind: Kind::Lecture,
        titles: &[
            "航天科普进校园报告会",
            "气象与防灾减灾讲座",
            "人工智能科普讲座",
            "慢病防治健康讲座",
            "反诈与网络安全讲座",
        ],
        places: &["中心小学报告厅", "初级中学报告厅", "社区活动中心"],
        people: (90, 420),
        money: 2_400,
        months: &[3, 4, 5, 6, 9, 10, 11, 12],
        times: 3,
    },
    Sort {
        kind: Kind::Activity,
        titles: &["科普赶集活动", "科普大篷车巡展", "垃圾分类科普宣传", "食品安全科普进集市"],
        places: &["文化广场", "集贸市场", "人民公园"],
        people: (160, 900),
        money: 4_800,
        months: &[1, 3, 4, 5, 7, 9, 10, 12],
        times: 2,
    },
    Sort {
        kind: Kind::Visit,
        titles: &["走访科技工作者", "调研农技协运行情况", "走访企业科协", "慰问基层科普员"],
        places: &["乡镇", "工业园区", "农技协基地"],
        people: (4, 16),
        money: 1_200,
        months: EVERY,
        times: 3,
    },
    Sort {
        kind: Kind::Service,
        titles: &["专家下乡技术咨询", "企业技术难题会诊", "专家义诊服务"],
        places: &["村委会", "企业厂区", "卫生院"],
        people: (18, 90),
        money: 2_000,
        months: &[3, 4, 6, 7, 9, 11],
        times: 2,
    },
    Sort {
        kind: Kind::Push,
        titles: &["“科普云汀”公众号推送", "科普短视频发布"],
        places: &[],
        people: (0, 0),
        money: 0,
        months: EVERY,
        times: 1,
    },
    Sort {
        kind: Kind::Meeting,
        titles: &["学会工作例会", "科普联席会议"],
        places: &["科协会议室"],
        people: (12, 36),
        money: 0,
        months: &[1, 4, 7, 10, 12],
        times: 1,
    },
];

/// The rows of a month, by day.
pub(super) fn month(draw: &Draw, year: i32, month: u32) -> Vec<EvidenceRow> {
    let mut rows: Vec<EvidenceRow> = Vec::new();
    for sort in SORTS.iter().filter(|s| s.months.contains(&month)) {
        (0..sort.times).for_each(|_| rows.push(row(draw, sort, year, month)));
    }
    rows.extend(once_a_year(draw, year, month));
    rows.sort_by(|a, b| a.started.cmp(&b.started));
    // Every May somebody records the same thing twice.
    if month == 5 {
        let twice = rows[0].clone();
        rows.insert(1, twice);
    }
    if (year, month) == CROWD
        && let Some(lecture) = rows.iter_mut().find(|r| r.kind == "lecture")
    {
        lecture.place = "下河村文化礼堂".to_owned();
        lecture.people = "5000".to_owned();
    }
    rows
}

fn day(draw: &Draw, year: i32, month: u32) -> String {
    let number = u32::try_from(1 + draw.below(26)).unwrap_or(1);
    Day::new(year, month, number).map(Day::code).unwrap_or_default()
}

fn row(draw: &Draw, sort: &Sort, year: i32, month: u32) -> EvidenceRow {
    let town = draw.pick(&TOWNS);
    let place = sort.places.get(draw.below(sort.places.len())).map(|p| format!("{town}{p}")).unwrap_or_default();
    let people = sort.people.0 + draw.below(sort.people.1 - sort.people.0 + 1);
    let some = |n: usize| if n == 0 { String::new() } else { n.to_string() };
    let title = sort.titles[draw.below(sort.titles.len())];
    let mut row = EvidenceRow {
        kind: sort.kind.code().to_owned(),
        title: if sort.kind == Kind::Push { format!("{title}（{month}月）") } else { format!("{town}{title}") },
        started: day(draw, year, month),
        place,
        people: some(people),
        sessions: "1".to_owned(),
        ..EvidenceRow::default()
    };
    match sort.kind {
        Kind::Training => row.copies = some(people + draw.below(20)),
        Kind::Activity => (row.copies, row.organisations) = (some(people / 2), some(3 + draw.below(9))),
        Kind::Service => row.experts = some(2 + draw.below(5)),
        Kind::Push => {
            (row.sessions, row.people) = (String::new(), String::new());
            (row.works, row.views) = (some(8 + draw.below(9)), some(6_000 + draw.below(18_000)));
        }
        _ => {}
    }
    if sort.money > 0 && draw.percent(60) {
        row.money = some(sort.money / 2 + draw.below(sort.money / 2));
    }
    row
}

/// What happens once a year: month, kind, title, place, numbers; those of people, copies, works and answers vary a little from year to year.
type Once = (u32, Kind, &'static str, &'static str, &'static [(&'static str, usize)]);

const ONCE: &[Once] = &[
    (4, Kind::Publication, "科普手册编印", "", &[("works", 2), ("copies", 8_000), ("money", 46_000)]),
    (
        5,
        Kind::Activity,
        "科技活动周主场活动",
        "云汀镇文化广场",
        &[("people", 2_300), ("sessions", 1), ("copies", 3_000), ("organisations", 26), ("money", 58_000)],
    ),
    (5, Kind::Competition, "青少年科技创新大赛", "云汀一中", &[("people", 340), ("works", 118), ("money", 36_500)]),
    (6, Kind::Survey, "上半年服务对象满意度调查", "", &[("copies", 320), ("valid", 280), ("satisfied", 262)]),
    (7, Kind::Naming, "县级科普示范基地认定", "", &[("items", 4)]),
    (8, Kind::Payment, "农技协奖补资金发放", "", &[("organisations", 6), ("money", 90_000)]),
    (
        9,
        Kind::Activity,
        "全国科普日活动",
        "云汀镇人民公园",
        &[("people", 3_100), ("sessions", 1), ("copies", 4_200), ("organisations", 31), ("money", 62_000)],
    ),
    (10, Kind::Facility, "社区科普画廊更新", "北汀街道", &[("items", 12), ("money", 74_000)]),
    (11, Kind::Review, "科普项目评审", "科协会议室", &[("items", 18), ("experts", 7), ("money", 4_200)]),
    (12, Kind::Survey, "全年服务对象满意度调查", "", &[("copies", 420), ("valid", 370), ("satisfied", 351)]),
];

fn once_a_year(draw: &Draw, year: i32, month: u32) -> Vec<EvidenceRow> {
    let row = |(_, kind, title, place, numbers): &Once| {
        let mut row = EvidenceRow {
            kind: kind.code().to_owned(),
            title: format!("{year}年{title}"),
            started: day(draw, year, month),
            place: (*place).to_owned(),
            ..EvidenceRow::default()
        };
        for (key, number) in *numbers {
            let varies = matches!(*key, "people" | "works" | "valid") && *number > 50;
            let number = if varies { number + draw.below(number / 10) } else { *number };
            row.set(key, number.to_string());
        }
        row
    };
    ONCE.iter().filter(|once| once.0 == month).map(row).collect()
}

/// By which words of its name a project is known to pay for such things.
pub(super) fn project_words(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Training | Kind::Service | Kind::Payment => &["农技", "农村", "乡村", "基层"],
        Kind::Competition => &["青少年", "竞赛", "创新大赛"],
        Kind::Visit | Kind::Meeting | Kind::Deal => &["人才", "学会", "服务科技", "工作者"],
        Kind::Facility | Kind::Exhibition | Kind::Naming => &["设施", "场馆", "阵地", "科普"],
        _ => &["科普"],
    }
}
