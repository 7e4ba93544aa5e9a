//! How the advice reads Chinese: vague words, numbers in a text, words that two texts share.

use std::collections::BTreeSet;

use keqiao_quantity::scan;

/// Words that say “better” without saying by how much (PR-5); longer ones first, so that the longest is quoted.
const VAGUE: &[&str] = &[
    "较为满意",
    "基本满意",
    "比较满意",
    "进一步",
    "明显",
    "显著",
    "较大",
    "较好",
    "较高",
    "有所",
    "不断",
    "逐步",
    "稳步",
    "有效",
    "积极",
    "大力",
    "良好",
    "提高",
    "提升",
    "加强",
    "增强",
    "促进",
    "改善",
    "推动",
    "优化",
    "扩大",
    "持续",
    "基本",
];

/// Words that name a level which can be checked although they are no number.
const LEVELS: &[&str] = &[
    "优秀",
    "合格",
    "达标",
    "通过验收",
    "全覆盖",
    "零投诉",
    "零事故",
    "无投诉",
    "无事故",
    "一等",
    "二等",
    "三等",
    "优等",
    "A级",
    "AA级",
    "AAA级",
    "国家级",
    "省级",
    "市级",
    "县级",
    "全部",
    "按期",
    "未发生",
    "不发生",
];

/// The vague word of a text that has neither a number nor a level.
pub(super) fn vague(text: &str) -> Option<&'static str> {
    if has_number(text) || LEVELS.iter().any(|l| text.contains(l)) {
        return None;
    }
    VAGUE.iter().copied().find(|w| text.contains(w))
}

/// Whether a text holds a number that counts something.
pub(super) fn has_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) || !scan(text).is_empty()
}

/// Letters, digits and Chinese characters only.
pub(super) fn plain(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Pairs that occur everywhere and name no subject.
const EVERYWHERE: &[&str] = &[
    "数量", "次数", "人次", "场次", "人数", "完成", "成率", "及时", "时率", "覆盖", "盖率", "合格", "格率", "参与",
    "与率", "开展", "组织", "举办", "实施", "工作", "项目", "活动", "经费", "费用", "资金", "运行", "保障", "公务",
    "正常", "情况", "年度", "全年", "目标", "提高", "提升", "加强", "增强", "促进", "改善", "推动", "服务", "对象",
    "满意", "意度", "群众", "公众", "社会", "效益", "效果", "影响", "持续", "质量", "时效", "成本", "控制", "制在",
    "以内", "预算", "支出", "标准", "达到", "以上", "不低", "低于", "不少", "少于", "进行", "相关", "有关", "建设",
    "发展", "管理", "单位", "部门", "科协", "使用", "按时", "有效", "进一", "一步", "水平", "能力", "需要", "根据",
    "任务", "确保", "做好", "好各", "各项", "顺利", "机关", "日常", "本年",
];

/// Pairs of neighbouring Chinese characters that may name a subject.
pub(super) fn subjects(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for piece in text.split(|c: char| !is_han(c)) {
        let chars: Vec<char> = piece.chars().collect();
        found.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
    }
    found.retain(|pair| !EVERYWHERE.contains(&pair.as_str()));
    found
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The first `length` characters of `text` that stand in `source` word for word.
pub(super) fn copied(text: &str, source: &str, length: usize) -> Option<String> {
    let source: String = plain(source).into_iter().collect();
    let runs = plain(text);
    runs.windows(length).map(|run| run.iter().collect::<String>()).find(|run| source.contains(run.as_str()))
}
