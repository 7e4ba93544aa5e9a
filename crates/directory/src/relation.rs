//! Links between entries of the directory.

use keqiao_base::coded;
use keqiao_i18n::Fixed;

coded! {
    /// How one entry belongs to another; read from the first to the second.
    pub enum RelationKind {
        /// 是……的会员
        MemberOf = "member_of" => ("会员", "Member of"),
        /// 任职于
        EmployedBy = "employed_by" => ("任职于", "Employed by"),
        /// 负责
        Leads = "leads" => ("负责人", "Leads"),
        /// 进站
        StationedAt = "stationed_at" => ("进站专家", "Stationed at"),
        /// 依托建设
        Hosts = "hosts" => ("依托单位", "Hosts"),
        /// 业务主管
        Supervises = "supervises" => ("业务主管", "Supervises"),
    }
}

impl RelationKind {
    /// The same link read from the second entry.
    pub const fn reversed(self) -> Fixed {
        match self {
            RelationKind::MemberOf => Fixed { zh: "会员有", en: "Has as member" },
            RelationKind::EmployedBy => Fixed { zh: "在职人员", en: "Employs" },
            RelationKind::Leads => Fixed { zh: "由其负责", en: "Led by" },
            RelationKind::StationedAt => Fixed { zh: "进站专家有", en: "Stations" },
            RelationKind::Hosts => Fixed { zh: "依托于", en: "Hosted by" },
            RelationKind::Supervises => Fixed { zh: "业务主管单位", en: "Supervised by" },
        }
    }

    /// Kinds that may begin at a person.
    pub const OF_PERSON: &'static [RelationKind] =
        &[RelationKind::EmployedBy, RelationKind::MemberOf, RelationKind::Leads, RelationKind::StationedAt];

    /// Kinds that may begin at an organisation.
    pub const OF_ORGANISATION: &'static [RelationKind] =
        &[RelationKind::MemberOf, RelationKind::Hosts, RelationKind::Supervises];
}
