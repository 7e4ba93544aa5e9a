//! X0701: words of the template are left in the report.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "X0701",
    name: "template-hint-left",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "范本文字未删", en: "Words of the template are left in the report" },
    why: Fixed {
        zh: "范本里的填写说明和占位符（XX、“罗列全部…”）留在公开的报告里，说明这一处没有填写或没有核对。",
        en: "Hints and placeholders of the template in a published report show that the place was not filled in or not checked.",
    },
    source: "TX-3",
    check,
};

static HINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"（(?:可用表格形式反映|(?:请|需)?(?:此处|在此)[^（）]{0,6}(?:填写|填列|补充)[^（）]{0,20}|请填写[^（）]{0,20}|罗列[^（）]{0,30}|",
        r"(?:柱状|饼状|饼|条形|柱形|折线)图|(?:数据)?(?:来源|取自)[于：:]?[^（）]{0,12}财决\d[^（）]{0,12}|如持平[^（）]{0,20}|",
        r"不涉及的?不列[^（）]{0,10}|[^（）]{0,10}(?:没有|无)的?(?:请)?(?:删除|不列)|根据实际情况(?:填写|填列|修改)|如[无没]有?[^（）]{0,8}(?:则|请)[^（）]{0,12}|",
        r"(?:样表|范本|模板|参考格式|示例)|具体(?:内容|情况)(?:请)?(?:自行)?(?:填写|描述|补充)[^（）]{0,10})）",
    ))
    .expect("checked by the specs")
});

static BLANK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[Xx]{2,}|[×╳]{2,}|○{2,}|□{3,}|_{4,}").expect("checked by the specs"));

fn check(cx: &Context<'_>, out: &mut Sink) {
    for folded in cx.printed() {
        let text = folded.text();
        out.judge();
        for m in HINT.find_iter(text) {
            let span = folded.span(m.range());
            // （可用表格形式反映） in a heading is the printed form's own wording, which many keep.
            let heading = m.as_str().contains("可用表格形式") && cx.report.sections.iter().any(|s| s.span.overlaps(span) || s.span.end <= span.start && span.start < s.span.end + 6);
            out.report_at(
                if heading { Level::Info } else { Level::Warning },
                span,
                Bilingual::new(format!("范本中的填写提示“{}”没有删除", m.as_str()), format!("a hint of the template was left: {}", m.as_str())),
                Bilingual::new("请按提示填写内容，再删去提示。", "Fill in what the hint asks for, then delete it."),
            );
        }
        for m in BLANK.find_iter(text).filter(|m| is_blank(text, m.start(), m.end())) {
            out.report(
                folded.span(m.range()),
                Bilingual::new(format!("占位符“{}”没有换成实际内容", m.as_str()), format!("the placeholder {} was not filled in", m.as_str())),
                Bilingual::new("请填写实际的名称或数字。", "Write the real name or number."),
            );
        }
    }
}

/// A placeholder stands among Chinese words or digits; a size (XXL), a model or a masked personal name (王XX) does not count.
fn is_blank(text: &str, start: usize, end: usize) -> bool {
    const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文某";
    let (left, right) = (words::before(text, start), words::after(text, end));
    let han = |c: Option<char>| c.is_some_and(words::is_han);
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || c == '-' || c == '_');
    let masked = left.is_some_and(|c| SURNAMES.contains(c)) && !han(right);
    let number = left.is_some_and(|c| c.is_ascii_digit()) && right.is_some_and(|c| c.is_ascii_digit() || c == '*');
    (han(left) || han(right)) && !latin(left) && !latin(right) && !masked && !number
}
