//! What is counted, each with its unit. Whole numbers only.

use keqiao_base::coded;
use keqiao_i18n::Fixed;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

coded! {
    /// What is counted.
    pub enum Count {
        /// 参加人次
        People = "people" => ("参加人次", "People"),
        /// 场次
        Sessions = "sessions" => ("场次", "Sessions"),
        /// 参与专家人次
        Experts = "experts" => ("专家人次", "Experts"),
        /// 参与或受益单位
        Organisations = "organisations" => ("单位数", "Organisations"),
        /// 资料份数、印数、问卷发放数
        Copies = "copies" => ("份数（册数）", "Copies"),
        /// 作品、文章、视频、种类
        Works = "works" => ("作品（篇、种）", "Works"),
        /// 阅读、播放、浏览
        Views = "views" => ("阅读（播放）量", "Views"),
        /// 设备、项目、基地等
        Items = "items" => ("数量（项、个、台）", "Items"),
        /// 有效问卷
        Valid = "valid" => ("有效问卷", "Valid answers"),
        /// 其中满意
        Satisfied = "satisfied" => ("其中满意", "Satisfied answers"),
    }
}

impl Count {
    /// How many there are.
    pub const N: usize = Count::ALL.len();

    /// The unit.
    pub const fn unit(self) -> Fixed {
        let (zh, en) = match self {
            Count::People | Count::Experts => ("人次", "persons"),
            Count::Sessions => ("场", "sessions"),
            Count::Organisations => ("家", "bodies"),
            Count::Copies | Count::Valid | Count::Satisfied => ("份", "copies"),
            Count::Works => ("件", "works"),
            Count::Views => ("次", "views"),
            Count::Items => ("个", "items"),
        };
        Fixed { zh, en }
    }
}

/// The counts of one record, or a sum of them; what was not counted is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Counts([i64; Count::N]);

impl Counts {
    /// One of them.
    pub const fn get(&self, count: Count) -> i64 {
        self.0[count as usize]
    }

    /// Sets one of them.
    pub fn set(&mut self, count: Count, value: i64) {
        self.0[count as usize] = value;
    }

    /// The same with one of them set.
    #[must_use]
    pub fn with(mut self, count: Count, value: i64) -> Counts {
        self.set(count, value);
        self
    }

    /// Those that are not 0, in the order of declaration.
    pub fn some(&self) -> impl Iterator<Item = (Count, i64)> + '_ {
        Count::ALL.iter().map(|c| (*c, self.get(*c))).filter(|(_, n)| *n != 0)
    }

    /// Adds another's, `times` over (−1 takes them away); stays at the bounds of 64 bits.
    pub fn add(&mut self, other: &Counts, times: i64) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine = mine.saturating_add(theirs.saturating_mul(times));
        }
    }
}

/// By code, those that are not 0.
impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(None)?;
        for (count, value) in self.some() {
            map.serialize_entry(count.code(), &value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Counts {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let by_code = std::collections::BTreeMap::<Count, i64>::deserialize(d)?;
        let mut counts = Counts::default();
        by_code.into_iter().for_each(|(count, value)| counts.set(count, value));
        Ok(counts)
    }
}
