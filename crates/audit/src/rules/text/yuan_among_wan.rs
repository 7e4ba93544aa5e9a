//! X0710: 元 written for 万元.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "X0710",
    name: "yuan-among-wan",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "万元误写为元", en: "元 written for 万元" },
    why: Fixed {
        zh: "全文以万元计，个别经费却只有几元、几十元，多是漏了“万”字。",
        en: "Where a report counts in 万元, an expenditure of a few 元 mostly lacks the 万.",
    },
    source: "TX-16",
    check,
};

static YUAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:经费|支出|费|执行|拨款|决算)(?:数|为|共计|共|金额)?(\d{1,3}\.\d{2}元)(?:[，。；、（）]|$)").expect("checked by the specs")
});

fn check(cx: &Context<'_>, out: &mut Sink) {
    // Only a report that speaks of 万元 throughout can have slipped.
    let (wan, yuan) = words::paragraphs(cx.report).fold((0, 0), |(w, y), p| {
        let text = p.folded.text();
        let wan = text.matches("万元").count();
        (w + wan, y + text.matches('元').count() - wan)
    });
    if wan < 8 || yuan * 4 > wan {
        return;
    }
    for p in words::paragraphs(cx.report) {
        let text = p.folded.text();
        for m in YUAN.captures_iter(text).filter_map(|c| c.get(1)) {
            let start = text[..m.start()].rfind(['，', '。', '；', '：']).map_or(0, |i| i + 3);
            let clause = &text[start..m.start()];
            // Small sums of a reception or a single thing are printed in 元 on purpose.
            let small = ["人均", "每", "单价", "均", "标准", "利息", "用餐", "餐费", "接待费：", "手续费", "邮费"].iter().any(|w| clause.contains(w));
            let others = text.matches('元').count() - text.matches("万元").count();
            out.judge();
            if small || others > 1 {
                continue;
            }
            out.report(
                p.folded.span(start..m.end()),
                Bilingual::new(
                    format!("“{}”的单位是元，而全文金额都以万元计", m.as_str()),
                    format!("{} is in 元 while the report counts in 万元", m.as_str()),
                ),
                Bilingual::new("请核对是否漏写“万”字。", "Check whether 万 is missing."),
            )
            .numbers(m.as_str(), m.as_str().replace('元', "万元"));
        }
    }
}
