//! The people of the county: where they work, what they know, which societies they belong to.

use keqiao_directory::{Organisation, Person, RelationKind};

use super::draw::Draw;
use super::words::*;
use super::{Link, REGION, phone};

/// So many people, and links from them to organisations, by their places in the lists.
pub(crate) fn all(draw: &Draw, count: usize, organisations: &[Organisation]) -> (Vec<Person>, Vec<Link>) {
    let of_kind = |kinds: &[&str]| -> Vec<usize> {
        (0..organisations.len()).filter(|&n| kinds.contains(&organisations[n].kind.as_str())).collect()
    };
    let employers = of_kind(&["enterprise", "institute", "school", "hospital", "agency", "association"]);
    let societies = of_kind(&["society", "farm_association"]);
    let stations = of_kind(&["workstation"]);
    let mut people = Vec::with_capacity(count);
    let mut links = Vec::new();
    for n in 0..count {
        let employer = draw.pick(&employers);
        let since = format!("{}-{:02}-01", 2005 + draw.below(20), 1 + draw.below(12));
        links.push(Link { since, ..Link::between(RelationKind::EmployedBy, n, employer, "") });
        if draw.percent(45) {
            links.push(Link::between(RelationKind::MemberOf, n, draw.pick(&societies), "2024-01-01"));
        }
        if n % 171 == 5 {
            links.push(Link::between(RelationKind::StationedAt, n, stations[n / 171 % stations.len()], "2023-10-01"));
        }
        people.push(person(draw, n, &organisations[employer]));
    }
    // Every society is led by somebody.
    for (n, society) in societies.iter().enumerate() {
        links.push(Link::between(RelationKind::Leads, n * 31 % count, *society, "2024-03-01"));
    }
    (people, links)
}

const TITLES: [(&str, &str); 8] = [
    ("助理工程师", "none"),
    ("工程师", "county"),
    ("农艺师", "county"),
    ("高级工程师", "municipal"),
    ("高级农艺师", "municipal"),
    ("主治医师", "county"),
    ("高级教师", "municipal"),
    ("正高级工程师", "provincial"),
];

fn person(draw: &Draw, n: usize, employer: &Organisation) -> Person {
    // Some stand high: guests of the workstations, whom others look for.
    let (title, level) = if n % 171 == 5 { ("研究员", "national") } else { draw.pick(&TITLES) };
    let at_work = match employer.kind.as_str() {
        "hospital" => &FIELDS[26..31],
        "school" => &FIELDS[31..34],
        _ => &FIELDS[..26],
    };
    let (first, second) = (draw.pick(at_work), draw.pick(&FIELDS));
    Person {
        name: format!("{}{}", draw.pick(&SURNAMES), draw.pick(&GIVEN)),
        gender: draw.pick(&["male", "female"]).to_owned(),
        phone: phone(5000 + n),
        email: if draw.percent(60) { format!("u{n}@example.org") } else { String::new() },
        organisation: employer.name.clone(),
        position: draw.pick(&["", "", "主任", "副主任", "科长", "技术员", "项目负责人"]).to_owned(),
        title: title.to_owned(),
        fields: if first == second { first.to_owned() } else { format!("{first}、{second}") },
        level: level.to_owned(),
        degree: draw.pick(&["doctor", "master", "master", "bachelor", "bachelor", "bachelor", "college"]).to_owned(),
        region: REGION.to_owned(),
        bio: if draw.percent(30) {
            format!("长期从事{first}工作，参加过{}科技志愿服务。", draw.pick(&TOWNS))
        } else {
            String::new()
        },
        note: "演示数据，纯属虚构".to_owned(),
    }
}
