//! Words with a code: the fixed choices of the domain (roles, kinds, states), each with its stable code and its name in both
//! languages, declared once.

/// Declares an enum whose values have a stable code (stored, sent) and a title in both languages (shown).
///
/// ```
/// keqiao_base::coded! {
///     /// How a thing feels.
///     pub enum Mood {
///         /// Good.
///         Good = "good" => ("好", "Good"),
///         /// Bad.
///         Bad = "bad" => ("不好", "Bad"),
///     }
/// }
/// assert_eq!("bad".parse::<Mood>(), Ok(Mood::Bad));
/// assert_eq!(Mood::Good.title().zh, "好");
/// ```
///
/// Expands to the enum with `ALL`, `code()`, `title()`, `Display` and `FromStr` (by code), serde by code, and column support.
#[macro_export]
macro_rules! coded {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal => ($zh:literal, $en:literal)),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The stable code: stored and sent.
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }

            /// The name that people read.
            pub const fn title(self) -> $crate::i18n::Fixed {
                match self { $($name::$variant => $crate::i18n::Fixed { zh: $zh, en: $en }),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownCode;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $name::ALL.iter().copied().find(|v| v.code() == text).ok_or_else(|| $crate::UnknownCode(text.to_owned()))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        $crate::coded_column!($name);
    };
}

/// A code that none of the values has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown code {0:?}")]
pub struct UnknownCode(pub String);
