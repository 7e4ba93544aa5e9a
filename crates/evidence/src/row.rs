//! A record as people write it: every field a text. The form, the spreadsheet and the interface for programs share it.

use keqiao_sheet::Value;

use crate::kind::KINDS;

keqiao_sheet::record! {
    /// One record, as written.
    EvidenceRow ("活动记录", "Activity records");
    kind Value::Choice(KINDS), REQUIRED, ("类型", "Kind"), ["活动类型", "类别", "佐证类型"], ("从下拉列表选择", "Choose from the list"), "培训";
    title Value::Text(100), REQUIRED, ("活动名称", "Title"), ["名称", "活动主题", "主题", "内容", "标题"], ("做了什么，写具体", "What was done"), "茶园绿色防控技术培训";
    started Value::Date, REQUIRED, ("开始日期", "First day"), ["日期", "活动日期", "活动时间", "时间", "开展时间", "举办时间"], ("", ""), "2026-03-02";
    ended Value::Date, OPTIONAL, ("结束日期", "Last day"), ["截止日期", "结束时间"], ("只有一天可不填", "Empty when it took one day"), "";
    place Value::Text(100), OPTIONAL, ("地点", "Place"), ["活动地点", "举办地点", "地址"], ("写到村、单位或场馆", "Village, body or hall"), "石桥镇下河村文化礼堂";
    place_region Value::Region, OPTIONAL, ("地点所在地区", "Region of the place"), ["所在地区", "地区", "县区"], ("不填即本地区", "Empty: the own region"), "";
    held_by Value::Text(100), OPTIONAL, ("主办单位", "Held by"), ["举办单位", "承办单位", "组织单位"], ("不填即本单位", "Empty: the own association"), "";
    people Value::Count, OPTIONAL, ("参加人次", "People"), ["人次", "人数", "参加人数", "受益人次", "参与人数", "参训人数", "培训人数"], ("", ""), "48";
    sessions Value::Count, OPTIONAL, ("场次", "Sessions"), ["场数", "次数", "期数", "场（次）数"], ("", ""), "1";
    experts Value::Count, OPTIONAL, ("专家人次", "Experts"), ["专家", "专家人数", "专家数"], ("", ""), "2";
    organisations Value::Count, OPTIONAL, ("单位数", "Organisations"), ["参与单位数", "单位", "企业数", "家数"], ("", ""), "";
    copies Value::Count, OPTIONAL, ("份数（册数）", "Copies"), ["份数", "册数", "印数", "发放资料", "发放份数"], ("", ""), "60";
    works Value::Count, OPTIONAL, ("作品（篇、种）", "Works"), ["作品数", "篇数", "条数", "种数"], ("", ""), "";
    views Value::Count, OPTIONAL, ("阅读（播放）量", "Views"), ["阅读量", "播放量", "浏览量", "点击量"], ("", ""), "";
    items Value::Count, OPTIONAL, ("数量（项、个、台）", "Items"), ["数量", "项目数", "台数", "个数"], ("", ""), "";
    valid Value::Count, OPTIONAL, ("有效问卷", "Valid answers"), ["有效份数", "回收有效问卷"], ("", ""), "";
    satisfied Value::Count, OPTIONAL, ("其中满意", "Satisfied answers"), ["满意份数", "满意数"], ("满意与很满意之和", "Satisfied and very satisfied"), "";
    money Value::Money, OPTIONAL, ("金额（元）", "Amount (yuan)"), ["金额", "经费", "支出金额", "补助金额"], ("", ""), "3,200.00";
    project Value::Text(60), OPTIONAL, ("项目编码或名称", "Project"), ["项目", "项目名称", "项目编码", "所属项目"], ("", ""), "";
    remark Value::Text(1000), OPTIONAL, ("说明", "Remark"), ["备注", "活动说明"], ("", ""), "";
}
