//! `/design`: every component of the face with its samples, in the language of the reader. A new component is shown here first.

use askama::Template;
use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use axum::routing::get;
use keqiao_i18n::Lang;

use crate::asker::Asker;
use crate::chart::{Chart, Row, Series, Shape};
use crate::listing::Listing;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// `/design`.
pub fn routes() -> Router<App> {
    Router::new().route("/design", get(design))
}

async fn design(asker: Asker, RawQuery(query): RawQuery) -> Response {
    let v = asker.view;
    page_with(&v.clone(), &Design::new(v, &query.unwrap_or_default()))
}

/// The page of components.
#[derive(Template)]
#[template(path = "design.html")]
struct Design {
    v: View,
    l: Listing,
    charts: Vec<String>,
    rows: Vec<Sample>,
    regions: Vec<(&'static str, &'static str)>,
}

/// A row of the sample table.
struct Sample {
    name: &'static str,
    body: &'static str,
    found: i64,
    level: &'static str,
    word: &'static str,
    year: &'static str,
}

impl Design {
    /// The page, with the query that came (the sample list sorts and pages with it).
    fn new(v: View, query: &str) -> Design {
        let l = Listing::new("/design", query, "-found").of(1234);
        let rows = vec![
            Sample {
                name: "云川县科学技术协会2024年度部门整体支出绩效自评报告",
                body: "云川县科学技术协会",
                found: 12,
                level: "error",
                word: v.t("错误", "Error"),
                year: "2024",
            },
            Sample {
                name: "云川县农村专业技术协会联合会关于二〇二三年度部门决算公开的说明（含“三公”经费支出情况及政府采购支出情况）",
                body: "云川县农村专业技术协会联合会",
                found: 3,
                level: "warning",
                word: v.t("存疑", "Doubt"),
                year: "2023",
            },
            Sample {
                name: "Annual report 2024 <draft>",
                body: "Yunchuan Science Hall",
                found: 0,
                level: "info",
                word: v.t("提示", "Hint"),
                year: "2024",
            },
        ];
        let regions = match v.lang {
            Lang::Zh => vec![("990100", "云川县"), ("990200", "望江县")],
            Lang::En => vec![("990100", "Yunchuan County"), ("990200", "Wangjiang County")],
        };
        let charts = charts(&v).iter().map(|chart| chart.figure(&v)).collect();
        Design { v, l, charts, rows, regions }
    }
}

fn series(name: &str, paint: &'static str) -> Series {
    Series { name: name.to_owned(), paint }
}

fn row(label: &str, values: &[i64]) -> Row {
    Row { label: label.to_owned(), href: String::new(), values: values.to_vec() }
}

/// Charts with the three levels.
fn level_charts(v: &View) -> Vec<Chart> {
    let levels = || {
        vec![
            series(v.t("错误", "Errors"), "error"),
            series(v.t("存疑", "Doubts"), "warning"),
            series(v.t("提示", "Hints"), "info"),
        ]
    };
    vec![
        Chart {
            id: "bars",
            shape: Shape::Bars,
            title: v.t("各单位的问题，按级别", "Findings by body and level").to_owned(),
            head: v.t("单位", "Body").to_owned(),
            series: levels(),
            rows: vec![
                row("云川县科学技术协会", &[12, 8, 30]),
                row("云川县农村专业技术协会联合会暨科技助力乡村振兴服务中心", &[3, 9, 4]),
                row("望江县青少年科技活动中心", &[0, 1, 2]),
            ],
        },
        Chart {
            id: "columns",
            shape: Shape::Columns,
            title: v.t("各年度的问题", "Findings by year").to_owned(),
            head: v.t("年度", "Year").to_owned(),
            series: levels(),
            rows: vec![
                row("2021", &[40, 22, 61]),
                row("2022", &[31, 25, 44]),
                row("2023", &[18, 12, 40]),
                row("2024", &[9, 14, 21]),
            ],
        },
    ]
}

/// Charts with one or two series, and an empty one.
fn course_charts(v: &View) -> Vec<Chart> {
    let found = || vec![series(v.t("问题", "Findings"), "1")];
    vec![
        Chart {
            id: "course",
            shape: Shape::Line,
            title: v.t("每月新增的问题与整改", "New and fixed findings by month").to_owned(),
            head: v.t("月份", "Month").to_owned(),
            series: vec![series(v.t("新增", "New"), "1"), series(v.t("整改", "Fixed"), "2")],
            rows: (1..=8).map(|m| row(&format!("{m}{}", v.t("月", "")), &[m * 7 % 13 + 3, m * 5 % 9])).collect(),
        },
        Chart {
            id: "spark",
            shape: Shape::Spark,
            title: v.t("最近八个月", "The last eight months").to_owned(),
            head: v.t("月份", "Month").to_owned(),
            series: found(),
            rows: (1..=8).map(|m| row(&m.to_string(), &[m * 7 % 13 + 3])).collect(),
        },
        Chart {
            id: "none",
            shape: Shape::Bars,
            title: v.t("没有数据时", "Without data").to_owned(),
            head: v.t("规则", "Rule").to_owned(),
            series: found(),
            rows: Vec::new(),
        },
    ]
}

fn charts(v: &View) -> Vec<Chart> {
    let mut charts = level_charts(v);
    charts.extend(course_charts(v));
    charts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lang: Lang) -> String {
        Design::new(View::sample(lang), "").render().unwrap()
    }

    #[test]
    fn the_page_has_one_h1_and_nothing_the_policy_forbids() {
        for lang in [Lang::Zh, Lang::En] {
            let html = page(lang);
            assert_eq!(html.matches("<h1").count(), 1);
            for forbidden in ["style=", "<style", "onclick=", "javascript:", "<draft>"] {
                assert!(!html.contains(forbidden), "{forbidden}");
            }
        }
    }

    #[test]
    fn ids_are_unique_and_labels_lead_to_them() {
        let html = page(Lang::Zh);
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|s| s.split('"').next()).collect();
        let mut unique = ids.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(ids.len(), unique.len(), "{ids:?}");
        for target in html.split(" for=\"").skip(1).filter_map(|s| s.split('"').next()) {
            assert!(ids.contains(&target), "no field {target}");
        }
    }
}
