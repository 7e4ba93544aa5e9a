//! What is stated beside the tables: CK-17, CK-19, CK-21 to CK-24.

use keqiao_base::Fen;
use keqiao_i18n::Bilingual;

use super::judge::{Judge, place};
use crate::{TableKind, VehicleKind};

use TableKind::{GeneralBasic, Overall, Spending};

fn words(zh: &str, en: &str) -> Bilingual {
    Bilingual::new(zh, en)
}

/// CK-17: last year's closing balance, and adjustments that were stated.
pub(super) fn continuity(judge: &mut Judge) {
    let (last, opening) = (judge.said("last.closing"), judge.at(Overall, "in.opening", "amount"));
    let adjusted = judge.said("opening.adjusted").unwrap_or_default();
    let place = place(Overall, "年初结转和结余（与上年年末）", "opening balance, against last year's closing");
    judge.sum(place, opening, &[last, Some(adjusted)]);
}

/// CK-19: all units run an office: equal; some: within; none: nothing.
pub(super) fn office_cost(judge: &mut Judge) {
    let (cost, public) = (judge.said("office.cost"), judge.at(GeneralBasic, "public", "amount"));
    let place = words("机关运行经费（与公用经费合计）", "office running cost, against public costs of T6");
    match (judge.count("units"), judge.count("units.office")) {
        (_, None) | (None, _) => judge.lacks(),
        (_, Some(0)) => judge.same(place, Some(cost.unwrap_or_default()), Some(Fen::ZERO)),
        (Some(all), Some(some)) if all == some => judge.same(place, cost, public),
        _ => judge.at_most(place, cost, public),
    }
}

/// CK-21: equality where the report says that it lists all projects.
pub(super) fn projects(judge: &mut Judge) {
    let listed: Vec<Fen> =
        judge.stated.said.amounts.iter().filter(|(name, _)| name.starts_with("project.")).map(|(_, a)| *a).collect();
    if listed.is_empty() {
        return;
    }
    let spent = judge.at(Spending, "total", "project");
    let place = words("所列项目执行数之和（与项目支出）", "listed projects, against project spending of T3");
    match judge.count("projects.all") {
        Some(1) => {
            let parts: Vec<_> = listed.into_iter().map(Some).collect();
            judge.sum(
                words("项目支出（与全部项目执行数之和）", "project spending, against all projects"),
                spent,
                &parts,
            );
        }
        _ => judge.at_most(place, Some(listed.into_iter().sum()), spent),
    }
}

/// CK-22.
pub(super) fn evaluation(judge: &mut Judge) {
    let bands: Vec<Option<i64>> =
        judge.stated.said.counts.iter().filter(|(name, _)| name.starts_with("band.")).map(|(_, n)| Some(*n)).collect();
    if !bands.is_empty() {
        let projects = judge.count("projects.evaluated");
        judge.count_sum(
            words("自评项目数（与各档之和）", "self-evaluated projects, against the bands"),
            projects,
            &bands,
        );
    }
    let problems = ["problems", "problems.fixed", "problems.open"].map(|n| judge.count(n));
    if problems.iter().any(Option::is_some) {
        let place = words("发现问题（与已整改、正在整改之和）", "problems found, against those fixed and being fixed");
        judge.count_sum(place, problems[0], &problems[1..]);
    }
    for what in ["projects.evaluated", "problems"] {
        if let Some(there) = judge.count(&format!("attachment.{what}")) {
            let place = words("附件所列个数（与正文）", "number in the attachment, against the text");
            let here = judge.count(what);
            judge.count_sum(place, Some(there), &[here]);
        }
    }
}

/// CK-23.
pub(super) fn procurement(judge: &mut Judge) {
    let at = |name: &str| judge.said(&format!("procurement.{name}"));
    let [total, goods, works, services, sme, micro] = ["total", "goods", "works", "services", "sme", "micro"].map(at);
    if [total, goods, works, services].iter().all(Option::is_none) {
        return;
    }
    // Kinds that did not occur are not listed; where none is, the total stands alone.
    let parts: Vec<_> = [goods, works, services].into_iter().filter(Option::is_some).collect();
    let parts = if parts.is_empty() { vec![None] } else { parts };
    judge.sum(
        words("政府采购支出总额（与货物、工程、服务之和）", "procurement, against goods, works and services"),
        total,
        &parts,
    );
    if sme.is_some() {
        judge.at_most(words("授予中小企业合同金额", "awarded to small and medium enterprises"), sme, total);
    }
    if micro.is_some() {
        judge.at_most(words("授予小微企业合同金额", "awarded to small and micro enterprises"), micro, sme.or(total));
    }
}

/// CK-24.
pub(super) fn vehicles(judge: &mut Judge) {
    let kinds: Vec<Option<i64>> =
        VehicleKind::ALL.iter().filter_map(|k| judge.count(&format!("vehicles.{k}"))).map(Some).collect();
    let total = judge.count("vehicles");
    if kinds.is_empty() && total.is_none() {
        return;
    }
    judge.count_sum(
        words("车辆总数（与各类之和）", "vehicles, against their kinds"),
        total,
        &if kinds.is_empty() { vec![None] } else { kinds },
    );
    if let Some(fiscal) = judge.count("vehicles.fiscal") {
        judge.count_at_most(words("公务用车保有量", "official vehicles paid by fiscal money"), Some(fiscal), total);
    }
}
