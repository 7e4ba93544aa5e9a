//! Kinds of accounts, staff roles, kinds of organisations, and the scopes of keys for programs. What each role may do is in `may`.

use keqiao_base::coded;

coded! {
    /// What kind of account somebody has.
    pub enum AccountKind {
        /// 公众
        Citizen = "citizen" => ("公众", "Citizen"),
        /// 科技工作者
        ScienceWorker = "science_worker" => ("科技工作者", "Science worker"),
        /// Acts for an enterprise, institute, school, society …
        Member = "member" => ("单位用户", "Member of an organisation"),
        /// Works at an association; may hold staff roles.
        Staff = "staff" => ("科协工作人员", "Association staff"),
    }
}

coded! {
    /// A role that an account holds at an association, for its region and what lies below.
    pub enum StaffRole {
        /// Keeps the directory.
        Officer = "officer" => ("业务干部", "Officer"),
        /// Uploads reports and works through findings.
        Finance = "finance" => ("财务人员", "Finance"),
        /// Judges findings.
        Reviewer = "reviewer" => ("审核人员", "Reviewer"),
        /// Reads everything of the region, changes nothing.
        Leader = "leader" => ("领导", "Leader"),
        /// Accounts, roles, log, jobs; not what is in the directory or on the desk.
        Administrator = "administrator" => ("系统管理员", "Administrator"),
    }
}

coded! {
    /// What kind of organisation stands in the directory.
    pub enum OrganisationKind {
        /// 科协
        Association = "association" => ("科协", "Association"),
        /// 企业
        Enterprise = "enterprise" => ("企业", "Enterprise"),
        /// 科研院所
        Institute = "institute" => ("科研院所", "Research institute"),
        /// 学校
        School = "school" => ("学校", "School"),
        /// 医院
        Hospital = "hospital" => ("医疗卫生机构", "Hospital"),
        /// 学会、协会、研究会
        Society = "society" => ("学会（协会、研究会）", "Learned society"),
        /// 企事业科协、园区科协、高校科协
        EnterpriseAssociation = "enterprise_association" => ("企事业单位科协", "Association within an enterprise"),
        /// 农村专业技术协会
        FarmAssociation = "farm_association" => ("农村专业技术协会", "Farm technology association"),
        /// 机关
        Agency = "agency" => ("机关单位", "Public agency"),
        /// 科普教育基地
        ScienceBase = "science_base" => ("科普教育基地", "Science education base"),
        /// 院士专家工作站
        Workstation = "workstation" => ("院士专家工作站", "Academician and expert workstation"),
    }
}

coded! {
    /// What a key for programs may be used for. A scope narrows what the account may do; it never adds to it.
    pub enum Scope {
        /// Lists, pages and exports of the directory.
        DirectoryRead = "directory.read" => ("读取数据库", "Read the directory"),
        /// Changes and imports.
        DirectoryWrite = "directory.write" => ("修改数据库", "Change the directory"),
        /// Contact details in clear; each look is in the log.
        Contacts = "contacts" => ("查看联系方式", "See contact details"),
        /// Reports and findings.
        DeskRead = "desk.read" => ("读取报告与问题", "Read reports and findings"),
        /// Uploads and judgements.
        DeskWrite = "desk.write" => ("上传报告、处理问题", "Upload reports, work on findings"),
        /// Units, projects, budgets, ledgers, public tables.
        MoneyRead = "money.read" => ("读取收支", "Read the books"),
        /// Changes and imports of them; opening and closing years.
        MoneyWrite = "money.write" => ("登记收支", "Change the books"),
        /// Targets, monitoring, evaluations, tasks.
        PerformanceRead = "performance.read" => ("读取绩效", "Read performance"),
        /// Changes of them.
        PerformanceWrite = "performance.write" => ("填报绩效", "Change performance"),
        /// Records of what happened, with their files.
        EvidenceRead = "evidence.read" => ("读取活动记录（佐证）", "Read evidence"),
        /// New records, confirmations, proofs.
        EvidenceWrite = "evidence.write" => ("登记、确认活动记录", "Record and confirm evidence"),
        /// Own listings, matches, interests; what officers look after.
        ExchangeRead = "exchange.read" => ("读取供需信息", "Read the exchange"),
        /// Publishing, answering, reviewing.
        ExchangeWrite = "exchange.write" => ("发布、办理供需信息", "Publish and work in the exchange"),
        /// The account itself: name, sessions, identity.
        Account = "account" => ("管理本人账号", "Manage the own account"),
        /// Accounts, roles, log, jobs.
        Administration = "administration" => ("系统管理", "Administration"),
    }
}
