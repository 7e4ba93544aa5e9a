//! What kinds of things happen, and where a record comes from.

use keqiao_base::coded;
use keqiao_sheet::Choice;

coded! {
    /// What happened.
    pub enum Kind {
        /// 培训
        Training = "training" => ("培训", "Training"),
        /// 讲座、报告会
        Lecture = "lecture" => ("讲座（报告会）", "Lecture"),
        /// 科普日、科技周、进校园等主题活动
        Activity = "activity" => ("科普活动", "Science event"),
        /// 走访、调研、慰问
        Visit = "visit" => ("走访调研", "Visit"),
        /// 展览、展示
        Exhibition = "exhibition" => ("展览展示", "Exhibition"),
        /// 竞赛、大赛
        Competition = "competition" => ("竞赛", "Competition"),
        /// 编印、发放资料
        Publication = "publication" => ("编印资料", "Publication"),
        /// 公众号、视频等线上推送
        Push = "push" => ("线上推送", "Online post"),
        /// 专家服务、技术咨询、义诊
        Service = "service" => ("科技服务", "Service"),
        /// 会议
        Meeting = "meeting" => ("会议", "Meeting"),
        /// 评审、论证
        Review = "review" => ("评审", "Review"),
        /// 基地、示范点等认定命名
        Naming = "naming" => ("认定命名", "Naming"),
        /// 场馆、画廊、设备等建设
        Facility = "facility" => ("设施建设", "Facility"),
        /// 补助、奖励发放
        Payment = "payment" => ("补助发放", "Payment"),
        /// 供需对接成交
        Deal = "deal" => ("对接成交", "Deal"),
        /// 满意度调查
        Survey = "survey" => ("满意度调查", "Survey"),
        /// 其他
        Other = "other" => ("其他", "Other"),
    }
}

coded! {
    /// How a record came in.
    pub enum Source {
        /// Somebody typed it.
        Typed = "typed" => ("填报", "Typed in"),
        /// It stood in a spreadsheet.
        Imported = "imported" => ("表格导入", "Imported"),
    }
}

/// The kinds as they stand in spreadsheets.
pub const KINDS: &[Choice] = &[
    Choice::new("training", "培训", "Training", &["培训班", "培训活动", "技术培训", "实用技术培训"]),
    Choice::new("lecture", "讲座（报告会）", "Lecture", &["讲座", "报告会", "科普讲座", "科普报告"]),
    Choice::new("activity", "科普活动", "Science event", &["活动", "主题活动", "科普宣传", "科技活动周", "科普日"]),
    Choice::new("visit", "走访调研", "Visit", &["走访", "调研", "慰问", "走访慰问"]),
    Choice::new("exhibition", "展览展示", "Exhibition", &["展览", "展示", "巡展", "科普展"]),
    Choice::new("competition", "竞赛", "Competition", &["大赛", "比赛", "竞赛活动"]),
    Choice::new("publication", "编印资料", "Publication", &["资料", "编印", "印发资料", "宣传资料"]),
    Choice::new("push", "线上推送", "Online post", &["推送", "推文", "线上宣传", "新媒体"]),
    Choice::new("service", "科技服务", "Service", &["服务", "技术服务", "技术咨询", "专家服务", "义诊"]),
    Choice::new("meeting", "会议", "Meeting", &["工作会议", "年会", "学术交流", "学术会议"]),
    Choice::new("review", "评审", "Review", &["论证", "项目评审", "验收"]),
    Choice::new("naming", "认定命名", "Naming", &["认定", "命名", "创建"]),
    Choice::new("facility", "设施建设", "Facility", &["建设", "设备", "购置", "场馆建设"]),
    Choice::new("payment", "补助发放", "Payment", &["补助", "奖补", "奖励", "发放"]),
    Choice::new("deal", "对接成交", "Deal", &["成交", "对接", "签约"]),
    Choice::new("survey", "满意度调查", "Survey", &["满意度", "问卷", "问卷调查", "测评"]),
    Choice::new("other", "其他", "Other", &["其它"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreadsheets_know_every_kind_by_its_name() {
        let known: Vec<_> = KINDS.iter().map(|c| (c.code, c.title)).collect();
        let all: Vec<_> = Kind::ALL.iter().map(|k| (k.code(), k.title())).collect();
        assert_eq!(known, all);
    }
}
