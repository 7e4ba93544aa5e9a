//! What kind of query is asked of what kind of texts: each kind has its own corrections, learnt from judgements.

use serde::{Deserialize, Serialize};

use crate::index::collection::Collection;
use crate::rank::fuse::brevity;
use crate::rank::plan::{Form, Plan};

/// Texts are brief when they are nearer to a question than to a paragraph.
const BRIEF: f32 = 0.5;

/// The kind of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Whatever is asked, the texts are as short as a question.
    Brief,
    /// It names what is to be overcome.
    Demand,
    /// It asks for something that a text may state.
    Question,
    /// One term and nothing else.
    Phrase,
    /// A statement, a title, a list of words.
    Words,
}

impl Kind {
    /// All kinds, in order.
    pub const ALL: [Kind; 5] = [Kind::Brief, Kind::Demand, Kind::Question, Kind::Phrase, Kind::Words];

    /// The kind of a planned query on a collection.
    pub fn of(collection: &Collection, plan: &Plan) -> Kind {
        if brevity(collection) > BRIEF {
            Kind::Brief
        } else if plan.form == Form::Demand {
            Kind::Demand
        } else if plan.asks {
            Kind::Question
        } else if plan.form == Form::Phrase {
            Kind::Phrase
        } else {
            Kind::Words
        }
    }
}
