//! The bodies whose reports the demo shows, and what makes their years differ. All of them are made up.

/// A project of a year.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Project {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it is for, as a functional code of seven digits.
    pub(crate) code: &'static str,
    /// What it costs in the first year, in hundredths of 万元.
    pub(crate) cost: i64,
    /// What it does, for the text.
    pub(crate) deed: &'static str,
}

/// A body that publishes reports.
#[derive(Debug)]
pub(crate) struct Entity {
    /// Its full name.
    pub(crate) name: &'static str,
    /// Its duties.
    pub(crate) duties: &'static str,
    /// Its offices.
    pub(crate) offices: &'static [&'static str],
    /// Posts.
    pub(crate) posts: i64,
    /// An authority, or an institution under one.
    pub(crate) authority: bool,
    /// Vehicles.
    pub(crate) vehicles: i64,
    /// Its projects.
    pub(crate) projects: &'static [Project],
}

/// The association of the county.
pub(crate) static ASSOCIATION: Entity = Entity {
    name: "云汀县科学技术协会",
    duties: "云汀县科学技术协会是县委领导下的人民团体，是党和政府联系科学技术工作者的桥梁和纽带。主要职责是：密切联系科学技术\
        工作者，反映他们的意见建议；开展学术交流，活跃学术思想；弘扬科学家精神，普及科学知识，推广先进技术；组织科学技术工作者为\
        企业和乡村提供技术服务；负责所属学会和基层科协组织的业务指导。",
    offices: &["办公室", "科普部", "学会学术部"],
    posts: 18,
    authority: true,
    vehicles: 1,
    projects: &[
        Project {
            name: "科普活动经费",
            code: "2060702",
            cost: 9860,
            deed: "举办全国科普日、科技活动周和科普进乡村活动",
        },
        Project {
            name: "基层科普行动计划", code: "2060799", cost: 6400, deed: "奖补农村专业技术协会和科普示范社区"
        },
        Project {
            name: "院士专家工作站补助", code: "2060899", cost: 4200, deed: "支持企业院士专家工作站开展技术攻关"
        },
    ],
};

/// The science museum of the county.
pub(crate) static MUSEUM: Entity = Entity {
    name: "云汀县科学技术馆",
    duties: "云汀县科学技术馆是云汀县科学技术协会所属公益一类事业单位。主要职责是：面向公众常年开放科普展览，开展科学教育和科普实验\
        活动；组织流动科技馆和科普大篷车下乡；承担青少年科技竞赛的组织工作。",
    offices: &["综合部", "展教部"],
    posts: 12,
    authority: false,
    vehicles: 2,
    projects: &[
        Project {
            name: "科技馆免费开放补助", code: "2060702", cost: 15_200, deed: "常设展厅免费开放和展品维护更新"
        },
        Project {
            name: "流动科普经费", code: "2060702", cost: 3600, deed: "科普大篷车进校园、进乡村"
        },
    ],
};

/// The service centre of the county.
pub(crate) static CENTRE: Entity = Entity {
    name: "云汀县科技工作者服务中心",
    duties: "云汀县科技工作者服务中心是云汀县科学技术协会所属公益一类事业单位。主要职责是：为科技工作者提供职称、奖项、培训等方面的\
        咨询服务；收集企业技术需求，组织专家与企业对接；维护科技人才基础信息。",
    offices: &["综合部", "对接服务部"],
    posts: 8,
    authority: false,
    vehicles: 0,
    projects: &[Project {
        name: "科技供需对接经费",
        code: "2060702",
        cost: 4800,
        deed: "组织专家服务团和供需对接活动",
    }],
};
