//! The fixed choices of the exchange: kinds of listings, how something is offered, how ripe it is, where a listing came from, why it was
//! returned, frozen or reported.

use keqiao_base::coded;

coded! {
    /// What a listing is.
    pub enum ListingKind {
        /// What a science worker or team can do.
        Offer = "offer" => ("科技所能", "Offer"),
        /// What an enterprise or farm needs.
        Demand = "demand" => ("科技所需", "Demand"),
        /// What a citizen wants to understand.
        Question = "question" => ("科普所需", "Question"),
    }
}

coded! {
    /// What is offered.
    pub enum OfferForm {
        /// A capability, a technique.
        Capability = "capability" => ("技术能力", "Capability"),
        /// A result of research.
        Achievement = "result" => ("科技成果", "Research result"),
        /// A patent.
        Patent = "patent" => ("专利", "Patent"),
        /// A service.
        Service = "service" => ("技术服务", "Service"),
        /// Testing and analysis.
        Test = "test" => ("检验检测", "Testing"),
        /// A course, training.
        Course = "course" => ("培训授课", "Course"),
    }
}

coded! {
    /// How two sides may work together.
    pub enum Cooperation {
        /// Advice.
        Consulting = "consulting" => ("技术咨询", "Consulting"),
        /// Development for the other side.
        Development = "development" => ("委托开发", "Development"),
        /// Sale of rights.
        Transfer = "transfer" => ("技术转让", "Transfer"),
        /// Use of rights.
        Licence = "licence" => ("技术许可", "Licence"),
        /// Rights as shares.
        Shares = "shares" => ("作价入股", "Shares"),
        /// Training.
        Training = "training" => ("培训指导", "Training"),
        /// Testing.
        Testing = "testing" => ("检验检测", "Testing"),
    }
}

coded! {
    /// How ripe something is, from the first proof to daily use; the order counts.
    pub enum Maturity {
        /// Shown in the laboratory.
        Laboratory = "laboratory" => ("实验室阶段", "Shown in the laboratory"),
        /// Tried small.
        Trial = "trial" => ("小试完成", "Tried at small scale"),
        /// Tried at the scale of a plant or field.
        Pilot = "pilot" => ("中试完成", "Tried at pilot scale"),
        /// In use at one place.
        Applied = "applied" => ("已有应用", "In use somewhere"),
        /// In use at many places.
        Spread = "spread" => ("成熟推广", "In use at many places"),
    }
}

coded! {
    /// How a listing came about.
    pub enum ListingSource {
        /// Written by whoever it belongs to.
        Own = "own" => ("本人发布", "Published by the owner"),
        /// Found on a visit.
        Visit = "visit" => ("走访了解", "Found on a visit"),
        /// Told on the phone.
        Phone = "phone" => ("电话反映", "Told on the phone"),
        /// Told at a meeting or fair.
        Meeting = "meeting" => ("会议活动收集", "Collected at a meeting"),
    }
}

coded! {
    /// Where a listing stands.
    pub enum ListingState {
        /// Being written; only its owner and publisher see it.
        Draft = "draft" => ("草稿", "Draft"),
        /// Waits for an officer.
        Waiting = "waiting" => ("待审核", "Waiting for review"),
        /// Sent back with a reason.
        Returned = "returned" => ("已退回", "Returned"),
        /// Everybody finds it.
        Listed = "listed" => ("展示中", "Listed"),
        /// Taken out by an officer, with a reason; may be appealed.
        Frozen = "frozen" => ("已冻结", "Frozen"),
        /// Nobody confirmed it within its term.
        Expired = "expired" => ("已到期", "Expired"),
        /// Put away.
        Archived = "archived" => ("已归档", "Archived"),
    }
}

coded! {
    /// Why an officer sends a listing back.
    pub enum ReturnReason {
        /// Too vague.
        Unclear = "unclear" => ("内容不清楚，对方看不出要什么或能做什么", "Unclear: nobody can tell what is wanted or offered"),
        /// The same is listed already.
        Duplicate = "duplicate" => ("与已有信息重复", "The same is listed already"),
        /// Not science and technology.
        OutOfScope = "out_of_scope" => ("不属于科技服务范围", "Not a matter of science and technology"),
        /// Rights or licences are missing.
        Rights = "rights" => ("权属或资质需要说明", "Rights or licences need to be shown"),
        /// Advertising, exaggeration.
        Advertising = "advertising" => ("含有广告或夸大内容", "Advertising or exaggeration"),
        /// Personal data or secrets stand in the public part.
        Private = "private" => ("公开部分含有个人信息或秘密", "Personal data or secrets in the public part"),
        /// Title and text do not belong together.
        Incoherent = "incoherent" => ("标题与正文不相符", "Title and text do not belong together"),
    }
}

coded! {
    /// Why a listing is frozen or reported.
    pub enum ReportReason {
        /// Not true.
        Untrue = "untrue" => ("内容不实", "It is not true"),
        /// Copied from somebody.
        Copied = "copied" => ("抄袭或盗用他人内容", "Copied from somebody else"),
        /// Against rights.
        Infringing = "infringing" => ("侵犯知识产权", "It infringes rights"),
        /// Fraud.
        Fraud = "fraud" => ("涉嫌诈骗", "It looks like fraud"),
        /// Personal data.
        Private = "private" => ("泄露个人信息或秘密", "It shows personal data or secrets"),
        /// Against the law.
        Unlawful = "unlawful" => ("违法违规内容", "It is against the law"),
        /// Nobody answers, out of date.
        Stale = "stale" => ("已过时或无人回应", "Out of date, or nobody answers"),
    }
}

coded! {
    /// What becomes of a report about a listing.
    pub enum ReportState {
        /// Nobody has decided.
        Open = "open" => ("待处理", "Open"),
        /// It was right: the listing is frozen.
        Upheld = "upheld" => ("属实，已处理", "Upheld"),
        /// It was not.
        Dismissed = "dismissed" => ("不属实", "Dismissed"),
    }
}

coded! {
    /// What somebody did with a listing.
    pub enum ListingAct {
        /// Begun.
        Begun = "begun" => ("新建", "Begun"),
        /// Changed.
        Changed = "changed" => ("修改", "Changed"),
        /// Handed in.
        Submitted = "submitted" => ("提交", "Handed in"),
        /// Listed.
        Listed = "listed" => ("展示", "Listed"),
        /// Sent back.
        Returned = "returned" => ("退回", "Returned"),
        /// Its owner confirmed the text that others wrote.
        Confirmed = "confirmed" => ("本人确认", "Confirmed by the owner"),
        /// Its owner said that it still holds.
        Renewed = "renewed" => ("续期", "Renewed"),
        /// Its term ended.
        Expired = "expired" => ("到期", "Expired"),
        /// Put away.
        Archived = "archived" => ("归档", "Archived"),
        /// Taken out.
        Frozen = "frozen" => ("冻结", "Frozen"),
        /// The owner appeals.
        Appealed = "appealed" => ("申诉", "Appealed"),
        /// The appeal was granted.
        Restored = "restored" => ("恢复展示", "Restored"),
        /// The appeal was refused.
        Refused = "refused" => ("驳回申诉", "Appeal refused"),
        /// An officer asked for clarification.
        Asked = "asked" => ("请补充说明", "Clarification asked for"),
        /// The owner answered and confirmed the text.
        Clarified = "clarified" => ("补充说明", "Clarified"),
        /// An officer took the questions back.
        Unasked = "unasked" => ("撤回补充说明要求", "Questions taken back"),
    }
}

coded! {
    /// What an interest in a listing came to.
    pub enum InterestState {
        /// The other side has not answered.
        Waiting = "waiting" => ("等待回应", "Waiting for an answer"),
        /// Both want to talk.
        Accepted = "accepted" => ("双方有意", "Both interested"),
        /// Declined, with a reason.
        Declined = "declined" => ("已婉拒", "Declined"),
        /// Taken back.
        Withdrawn = "withdrawn" => ("已撤回", "Withdrawn"),
    }
}

coded! {
    /// Why an interest is declined: always one of these, so that nobody is left without an answer.
    pub enum DeclineReason {
        /// No time now.
        Busy = "busy" => ("近期没有时间", "No time at present"),
        /// Not the right field.
        OtherField = "other_field" => ("专业方向不符", "Another field"),
        /// Cannot meet the criteria.
        Criteria = "criteria" => ("达不到所提指标", "The criteria cannot be met"),
        /// Money.
        Money = "money" => ("预算与报价差距较大", "Budget and price are too far apart"),
        /// Distance.
        Distance = "distance" => ("距离较远", "Too far away"),
        /// Somebody else was found.
        Taken = "taken" => ("已有合作方", "Somebody else was found"),
        /// Something else, in words.
        Other = "other" => ("其他（请说明）", "Something else (say what)"),
    }
}

coded! {
    /// Why a match is said to be of no use.
    pub enum MissReason {
        /// Another matter.
        Matter = "matter" => ("说的不是一回事", "Another matter"),
        /// Not ripe or not able enough.
        Weak = "weak" => ("能力或成熟度不够", "Not able or ripe enough"),
        /// Too far, too dear, too late.
        Terms = "terms" => ("地点、价格或时间不合适", "Place, price or time do not fit"),
        /// Known already.
        Known = "known" => ("已经认识或联系过", "Known already"),
        /// Not serious.
        Doubtful = "doubtful" => ("内容可疑", "Doubtful"),
    }
}

coded! {
    /// Who offers under one roof.
    pub enum StudioKind {
        /// 科创工作室: a science worker's or team's shop window.
        Studio = "studio" => ("科创工作室", "Studio"),
        /// 第三方服务机构: law, taxes, finance, transfer, patents.
        Agency = "agency" => ("第三方服务机构", "Service agency"),
        /// 科普基地
        Base = "base" => ("科普基地", "Science base"),
    }
}

coded! {
    /// Where a studio stands.
    pub enum StudioState {
        /// Waits for an officer.
        Waiting = "waiting" => ("待审核", "Waiting for review"),
        /// Everybody finds it.
        Open = "open" => ("开放", "Open"),
        /// Sent back with a reason.
        Returned = "returned" => ("已退回", "Returned"),
        /// Closed by its owner.
        Closed = "closed" => ("已停用", "Closed"),
    }
}

coded! {
    /// A part of a day that can be booked.
    pub enum Session {
        /// 9:00–12:00
        Morning = "morning" => ("上午", "Morning"),
        /// 14:00–17:30
        Afternoon = "afternoon" => ("下午", "Afternoon"),
    }
}

coded! {
    /// What becomes of a booking.
    pub enum BookingState {
        /// The studio has not answered.
        Asked = "asked" => ("待确认", "Waiting for an answer"),
        /// It will take place.
        Confirmed = "confirmed" => ("已确认", "Confirmed"),
        /// Declined with words.
        Declined = "declined" => ("已婉拒", "Declined"),
        /// Taken back by who booked.
        Cancelled = "cancelled" => ("已取消", "Cancelled"),
        /// It took place.
        Held = "held" => ("已到访", "Visited"),
        /// Nobody came.
        Missed = "missed" => ("未到访", "Nobody came"),
    }
}
