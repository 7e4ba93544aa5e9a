//! The side menu: every entry with the predicate that shows it. The pages themselves ask again; a menu guards nothing.

use keqiao_access::{Actor, may};
use keqiao_i18n::Fixed;

/// One entry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Where it leads.
    pub href: &'static str,
    /// Its picture in `icons.svg`.
    pub icon: &'static str,
    /// Its name.
    pub title: Fixed,
    /// What one does there: shown on the first page.
    pub text: Fixed,
    /// Who sees it.
    sees: fn(&Actor) -> bool,
}

/// A part of the menu.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Its name; the first has none.
    pub title: Option<Fixed>,
    /// Its entries.
    pub entries: &'static [Entry],
}

/// A part of the menu as somebody sees it.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub title: Option<Fixed>,
    /// Its entries, and whether this page stands under each.
    pub items: Vec<(Entry, bool)>,
}

const fn fixed(zh: &'static str, en: &'static str) -> Fixed {
    Fixed { zh, en }
}

const SECTIONS: &[Section] = &[
    Section {
        title: None,
        entries: &[Entry {
            href: "/",
            icon: "home",
            title: fixed("首页", "Home"),
            text: fixed("", ""),
            sees: |_| true,
        }],
    },
    Section {
        title: Some(fixed("供需对接", "Exchange")),
        entries: &[
            Entry {
                href: "/exchange",
                icon: "search",
                title: fixed("供需大厅", "Offers and demands"),
                text: fixed("查找科技所能、科技所需和科普所需", "Find offers, demands and questions"),
                sees: |_| true,
            },
            Entry {
                href: "/exchange/new",
                icon: "plus",
                title: fixed("发布供需", "Publish"),
                text: fixed("有难题、有本事、有疑问，五分钟写好", "A problem, an ability, a question: five minutes"),
                sees: may::publish,
            },
            Entry {
                href: "/exchange/mine",
                icon: "log",
                title: fixed("我的发布", "My listings"),
                text: fixed("我发布的信息、收到和发出的意向", "What I published, who is interested"),
                sees: may::publish,
            },
            Entry {
                href: "/exchange/studios",
                icon: "building",
                title: fixed("工作室与基地", "Studios and bases"),
                text: fixed("科创工作室、服务机构、科普基地预约", "Studios, agencies, science bases with booking"),
                sees: |_| true,
            },
            Entry {
                href: "/exchange/review",
                icon: "good",
                title: fixed("供需审核", "Review"),
                text: fixed("需要人看一眼的信息、举报和申诉", "What somebody should look at, reports, appeals"),
                sees: may::review_listings,
            },
            Entry {
                href: "/exchange/assignments",
                icon: "people",
                title: fixed("统筹匹配测算", "Who could serve whom"),
                text: fixed(
                    "许多需求和专家，一次算出整体最好的安排",
                    "Many demands and experts, the best for the whole",
                ),
                sees: may::plan_assignments,
            },
            Entry {
                href: "/exchange/saved",
                icon: "eye",
                title: fixed("我的检索", "My searches"),
                text: fixed("保存的检索，有新信息时提醒", "Kept searches that tell you what is new"),
                sees: may::publish,
            },
            Entry {
                href: "/exchange/review/duplicates",
                icon: "warning",
                title: fixed("疑似重复", "Near copies"),
                text: fixed("内容相近的信息，供需两边一起比对", "Listings that say the same, on both sides"),
                sees: may::review_listings,
            },
            Entry {
                href: "/exchange/quality",
                icon: "chart",
                title: fixed("匹配效果", "Quality of matching"),
                text: fixed("匹配准不准、答复快不快，公开数据", "How good matches are, how soon answers come"),
                sees: |_| true,
            },
        ],
    },
    Section {
        title: Some(fixed("报告校对台", "Report desk")),
        entries: &[
            Entry {
                href: "/desk",
                icon: "report",
                title: fixed("报告", "Reports"),
                text: fixed(
                    "上传决算、自评报告，逐条处理查出的问题",
                    "Upload accounts and self-assessments, work through the findings",
                ),
                sees: may::use_desk,
            },
            Entry {
                href: "/desk/dashboard",
                icon: "chart",
                title: fixed("校对概览", "Overview"),
                text: fixed("哪些问题最多，哪些单位、年度最突出", "Which findings, bodies and years stand out"),
                sees: may::see_dashboards,
            },
            Entry {
                href: "/desk/ledger",
                icon: "ledger",
                title: fixed("整改台账", "Rectification ledger"),
                text: fixed(
                    "每个问题由谁办、办到哪一步，可导出",
                    "Who deals with each finding and how far it is; for export",
                ),
                sees: may::use_desk,
            },
        ],
    },
    Section {
        title: Some(fixed("活动记录", "Evidence")),
        entries: &[
            Entry {
                href: "/evidence",
                icon: "log",
                title: fixed("活动记录（佐证）", "Records"),
                text: fixed(
                    "做了什么、多少人、有何凭据，年终数据由此汇总",
                    "What was done, how many came, what proves it: the year's figures come from here",
                ),
                sees: may::see_evidence,
            },
            Entry {
                href: "/evidence/new",
                icon: "plus",
                title: fixed("登记一条", "Record"),
                text: fixed("办完活动，用手机一分钟记下来", "After an event: a minute on the phone"),
                sees: may::record_somewhere,
            },
            Entry {
                href: "/evidence/imports",
                icon: "upload",
                title: fixed("活动台账导入", "Imports"),
                text: fixed("已有 Excel 台账的，一次导入", "Bring in the list that you kept in Excel"),
                sees: may::record_somewhere,
            },
        ],
    },
    Section {
        title: Some(fixed("收支", "Money")),
        entries: &[
            Entry {
                href: "/money",
                icon: "chart",
                title: fixed("收支概览", "Money at a glance"),
                text: fixed("预算、执行和执行率，按项目和月份看", "Budget, spending and rate, by project and month"),
                sees: may::see_money,
            },
            Entry {
                href: "/money/ledger",
                icon: "ledger",
                title: fixed("支出明细", "Ledger"),
                text: fixed("已入账的每一笔，可筛选、导出", "Every line in the books, to filter and export"),
                sees: may::see_money,
            },
            Entry {
                href: "/money/tables",
                icon: "report",
                title: fixed("决算公开表", "Public tables"),
                text: fixed("由账上的数生成，勾稽关系自动检查", "Made from the books, with their checks"),
                sees: may::see_money,
            },
            Entry {
                href: "/money/imports",
                icon: "upload",
                title: fixed("收支导入", "Imports of money"),
                text: fixed(
                    "财务软件导出的预算和支出，先核对再入账",
                    "What finance software exports: checked, then booked",
                ),
                sees: may::see_money,
            },
            Entry {
                href: "/money/statements",
                icon: "edit",
                title: fixed("收入与其他数据", "Income and other data"),
                text: fixed("收入、结转、“三公”、采购、资产", "Income, balances, procurement, assets"),
                sees: may::see_money,
            },
            Entry {
                href: "/money/projects",
                icon: "building",
                title: fixed("单位与项目", "Units and projects"),
                text: fixed("预算单位和本年度的项目", "Units and the projects of the year"),
                sees: may::see_years,
            },
            Entry {
                href: "/money/codes",
                icon: "key",
                title: fixed("收支科目", "Codes"),
                text: fixed("当年的功能分类和经济分类科目", "Functional and economic codes of the year"),
                sees: may::see_money,
            },
            Entry {
                href: "/money/years",
                icon: "log",
                title: fixed("年度", "Years"),
                text: fixed("建账、关账、说明理由重新开账", "Opening, closing, opening again with a reason"),
                sees: may::see_years,
            },
        ],
    },
    Section {
        title: Some(fixed("绩效", "Performance")),
        entries: &[
            Entry {
                href: "/performance",
                icon: "chart",
                title: fixed("绩效目标", "Targets"),
                text: fixed(
                    "编制、审核绩效目标，看每个项目的进度灯",
                    "Draft and review targets, see each project's lights",
                ),
                sees: may::see_performance,
            },
            Entry {
                href: "/performance/monitoring",
                icon: "eye",
                title: fixed("运行监控", "Monitoring"),
                text: fixed("预算和目标的月度预警、全年预测", "Lights of any month, forecasts for the year"),
                sees: may::see_performance,
            },
            Entry {
                href: "/performance/evaluations",
                icon: "good",
                title: fixed("绩效评价", "Evaluations"),
                text: fixed("自评、部门评价和独立复评", "Self-evaluations, the department's, independent ones"),
                sees: may::see_performance,
            },
            Entry {
                href: "/performance/tasks",
                icon: "jobs",
                title: fixed("整改任务", "Tasks"),
                text: fixed("发现的问题由谁、到哪天、怎样整改", "Who puts right what, by when, how"),
                sees: may::see_performance,
            },
            Entry {
                href: "/performance/allocation",
                icon: "ledger",
                title: fixed("因素法测算", "Allocation"),
                text: fixed("按因素测算对下补助，只测算不保存", "Share money by factors, as a trial"),
                sees: may::try_allocation,
            },
        ],
    },
    Section {
        title: Some(fixed("科协基础信息数据库", "Directory")),
        entries: &[
            Entry {
                href: "/directory/people",
                icon: "people",
                title: fixed("人员", "People"),
                text: fixed(
                    "科技工作者、专家和联系人，可按姓名拼音查找",
                    "Science workers, experts, contacts; found by pinyin too",
                ),
                sees: may::see_directory,
            },
            Entry {
                href: "/directory/organisations",
                icon: "building",
                title: fixed("机构", "Organisations"),
                text: fixed(
                    "企业、院所、学会、农技协、基地和工作站",
                    "Enterprises, institutes, societies, bases, workstations",
                ),
                sees: may::see_directory,
            },
            Entry {
                href: "/directory/imports",
                icon: "upload",
                title: fixed("批量导入", "Imports"),
                text: fixed("从 Excel 导入，先预览，后悔了可整批撤销", "From Excel: look first, undo the whole later"),
                sees: may::import,
            },
        ],
    },
    Section {
        title: Some(fixed("管理", "Administration")),
        entries: &[
            Entry {
                href: "/identities",
                icon: "good",
                title: fixed("身份核验", "Identities"),
                text: fixed("核验本单位、本地区人员申报的身份", "Vouch for and verify what people declared"),
                sees: may::check_identities,
            },
            Entry {
                href: "/admin/accounts",
                icon: "key",
                title: fixed("账号与权限", "Accounts and roles"),
                text: fixed("谁能进来，能办什么", "Who may come in, and do what"),
                sees: may::manage_accounts,
            },
            Entry {
                href: "/admin/log",
                icon: "log",
                title: fixed("操作日志", "Audit log"),
                text: fixed("谁在何时做了什么，不可篡改", "Who did what and when; it cannot be altered unseen"),
                sees: may::read_log,
            },
            Entry {
                href: "/admin/jobs",
                icon: "jobs",
                title: fixed("后台任务", "Background jobs"),
                text: fixed("正在运行、等待和失败的任务", "What runs, waits, or has failed"),
                sees: may::see_jobs,
            },
        ],
    },
];

/// The addresses of the entries that somebody sees.
pub fn seen(actor: &Actor) -> Vec<&'static str> {
    SECTIONS.iter().flat_map(|s| s.entries).filter(|e| (e.sees)(actor)).map(|e| e.href).collect()
}

/// The addresses of all entries.
pub fn all() -> Vec<&'static str> {
    SECTIONS.iter().flat_map(|s| s.entries).map(|e| e.href).collect()
}

/// The menu of the entries with these addresses; the page at `path` stands under at most one of them.
pub fn groups(seen: &[&'static str], path: &str) -> Vec<Group> {
    let path = path.split('?').next().unwrap_or_default();
    let here = all().into_iter().filter(|href| under(path, href)).max_by_key(|href| href.len());
    let group = |section: &Section| Group {
        title: section.title,
        items: section.entries.iter().filter(|e| seen.contains(&e.href)).map(|e| (*e, here == Some(e.href))).collect(),
    };
    SECTIONS.iter().map(group).filter(|g| !g.items.is_empty()).collect()
}

/// Whether a page stands under an entry; the home page only under itself.
fn under(path: &str, href: &str) -> bool {
    path == href || (href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_stands_under_the_nearest_entry() {
        let here = |path: &str| -> Vec<&str> {
            groups(&all(), path).iter().flat_map(|g| &g.items).filter(|(_, here)| *here).map(|(e, _)| e.href).collect()
        };
        assert_eq!(here("/desk/dashboard?year=2024"), ["/desk/dashboard"]);
        assert_eq!(here("/desk/reports/1"), ["/desk"]);
        assert_eq!(here("/"), ["/"]);
        assert!(here("/desktop").is_empty());
    }

    #[test]
    fn a_visitor_sees_what_is_public() {
        assert_eq!(seen(&Actor::visitor("")), ["/", "/exchange", "/exchange/studios", "/exchange/quality"]);
    }
}
