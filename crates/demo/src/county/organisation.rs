//! The organisations of the county, and how they belong together.

use keqiao_directory::{Organisation, RelationKind};
use keqiao_sheet::with_check_digit;

use super::draw::Draw;
use super::words::*;
use super::{COUNTY, Link, REGION, phone};

/// The association itself, always the first.
pub(crate) const ASSOCIATION: usize = 0;

/// All organisations, and links between them by their places in the list.
pub(crate) fn all(draw: &Draw) -> (Vec<Organisation>, Vec<Link>) {
    let mut made = Made { all: Vec::new(), links: Vec::new(), draw };
    made.add("association", format!("{COUNTY}科学技术协会"), "科学普及", "");
    for name in AGENCIES {
        made.add("agency", format!("{COUNTY}{name}"), "", "");
    }
    made.add("agency", format!("{COUNTY}科学技术馆"), "科学教育", "");
    made.add("agency", format!("{COUNTY}科技工作者服务中心"), "", "");
    let enterprises = made.enterprises();
    for name in INSTITUTES {
        made.add("institute", format!("{COUNTY}{name}"), &draw_fields(draw), "");
    }
    let schools = made.all.len();
    for name in SCHOOLS {
        made.add("school", format!("{COUNTY}{name}"), "科学教育", "");
    }
    for name in HOSPITALS {
        made.add("hospital", format!("{COUNTY}{name}"), "临床医学", "");
    }
    made.societies();
    made.hosted(&enterprises, schools);
    (made.all, made.links)
}

fn draw_fields(draw: &Draw) -> String {
    format!("{}、{}", FIELDS[draw.below(18)], FIELDS[18 + draw.below(18)])
}

struct Made<'a> {
    all: Vec<Organisation>,
    links: Vec<Link>,
    draw: &'a Draw,
}

impl Made<'_> {
    /// Adds an organisation; returns its place.
    fn add(&mut self, kind: &str, name: String, industry: &str, parent: &str) -> usize {
        let draw = self.draw;
        let at = self.all.len();
        // A registry that does not exist: the codes are checked like real ones, and no authority has the mark 9Y.
        let code = with_check_digit(&format!("9Y{REGION}MADEUP{:03}", at)).unwrap_or_default();
        let registered = matches!(kind, "enterprise" | "society" | "farm_association" | "school" | "hospital");
        let contact = format!("{}{}", draw.pick(&SURNAMES), draw.pick(&GIVEN));
        let year = 1998 + draw.below(26);
        self.all.push(Organisation {
            name,
            kind: kind.to_owned(),
            credit_code: if registered { code } else { String::new() },
            region: REGION.to_owned(),
            address: format!("{COUNTY}{}样例路{}号", draw.pick(&TOWNS), 1 + draw.below(200)),
            contact,
            phone: phone(at),
            email: format!("office{at}@example.org"),
            industry: industry.to_owned(),
            parent: parent.to_owned(),
            founded: format!("{year}-{:02}-{:02}", 1 + draw.below(12), 1 + draw.below(28)),
            note: "演示数据，纯属虚构".to_owned(),
            ..Organisation::default()
        });
        at
    }

    fn enterprises(&mut self) -> Vec<usize> {
        let mut places = Vec::new();
        for (n, firm) in FIRMS.iter().cycle().take(60).enumerate() {
            let (trade, industry) = TRADES[(n * 7 + n / FIRMS.len()) % TRADES.len()];
            let form = if n % 5 == 0 { "股份有限公司" } else { "有限公司" };
            places.push(self.add("enterprise", format!("{COUNTY}{firm}{trade}{form}"), industry, ""));
        }
        places
    }

    fn societies(&mut self) {
        let association = self.all[ASSOCIATION].name.clone();
        for name in SOCIETIES {
            let at = self.add("society", format!("{COUNTY}{name}"), "", &association);
            self.links.push(Link::between(RelationKind::Supervises, ASSOCIATION, at, "2019-06-01"));
        }
        for (n, crop) in CROPS.iter().enumerate() {
            let town = TOWNS[n % TOWNS.len()];
            let at = self.add("farm_association", format!("{COUNTY}{town}{crop}专业技术协会"), "", &association);
            self.links.push(Link::between(RelationKind::Supervises, ASSOCIATION, at, "2021-03-15"));
        }
    }

    /// Associations within enterprises, workstations, bases: each stands at somebody's.
    fn hosted(&mut self, enterprises: &[usize], schools: usize) {
        for n in 0..10 {
            let host = enterprises[n * 6 % enterprises.len()];
            let name = self.all[host].name.clone();
            let at = self.add("enterprise_association", format!("{name}科学技术协会"), "", &name);
            self.links.push(Link::between(RelationKind::Hosts, host, at, "2022-05-30"));
        }
        for n in 0..7 {
            let host = enterprises[n * 8 + 3];
            let (name, industry) = (self.all[host].name.clone(), self.all[host].industry.clone());
            let short =
                name.trim_start_matches(COUNTY).trim_end_matches("有限公司").trim_end_matches("股份").to_owned();
            let at = self.add("workstation", format!("{short}院士专家工作站"), &industry, &name);
            self.links.push(Link::between(RelationKind::Hosts, host, at, "2023-09-16"));
        }
        for n in 0..10 {
            let host = schools + n;
            let name = self.all[host].name.clone();
            let at = self.add("science_base", format!("{name}科普教育基地"), "科学教育", &name);
            self.links.push(Link::between(RelationKind::Hosts, host, at, "2024-04-22"));
        }
    }
}
