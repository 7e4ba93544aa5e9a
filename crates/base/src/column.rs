//! How ids, moments and coded words stand in database columns. Empty without the feature `sea-orm`.

/// Writes one value type as another, simpler one in the database.
#[cfg(feature = "sea-orm")]
#[doc(hidden)]
#[macro_export]
macro_rules! value_column {
    ($name:ident, $inner:ty, |$v:ident| $to:expr, |$raw:ident| $from:expr) => {
        impl From<$name> for $crate::sea_orm::Value {
            fn from($v: $name) -> Self {
                <$inner as Into<$crate::sea_orm::Value>>::into($to)
            }
        }

        impl $crate::sea_orm::TryGetable for $name {
            fn try_get_by<I: $crate::sea_orm::ColIdx>(
                row: &$crate::sea_orm::QueryResult,
                index: I,
            ) -> Result<Self, $crate::sea_orm::TryGetError> {
                let $raw = <$inner as $crate::sea_orm::TryGetable>::try_get_by(row, index)?;
                $from.map_err(|e| $crate::sea_orm::TryGetError::DbErr($crate::sea_orm::DbErr::Type(format!("{e:?}"))))
            }
        }

        impl $crate::sea_orm::sea_query::ValueType for $name {
            fn try_from(v: $crate::sea_orm::Value) -> Result<Self, $crate::sea_orm::sea_query::ValueTypeErr> {
                let $raw = <$inner as $crate::sea_orm::sea_query::ValueType>::try_from(v)?;
                $from.map_err(|_| $crate::sea_orm::sea_query::ValueTypeErr)
            }
            fn type_name() -> String {
                stringify!($name).to_owned()
            }
            fn array_type() -> $crate::sea_orm::sea_query::ArrayType {
                <$inner as $crate::sea_orm::sea_query::ValueType>::array_type()
            }
            fn column_type() -> $crate::sea_orm::sea_query::ColumnType {
                <$inner as $crate::sea_orm::sea_query::ValueType>::column_type()
            }
        }

        impl $crate::sea_orm::sea_query::Nullable for $name {
            fn null() -> $crate::sea_orm::Value {
                <$inner as $crate::sea_orm::sea_query::Nullable>::null()
            }
        }

        impl $crate::sea_orm::IntoActiveValue<$name> for $name {
            fn into_active_value(self) -> $crate::sea_orm::ActiveValue<$name> {
                $crate::sea_orm::ActiveValue::Set(self)
            }
        }

        impl $crate::sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, $crate::sea_orm::DbErr> {
                Err($crate::sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    };
}

#[cfg(feature = "sea-orm")]
macro_rules! uuid_column {
    ($name:ident) => {
        $crate::value_column!($name, uuid::Uuid, |v| v.uuid(), |raw| Ok::<_, std::convert::Infallible>($name::from(
            raw
        )));
    };
}

#[cfg(feature = "sea-orm")]
#[doc(hidden)]
#[macro_export]
macro_rules! coded_column {
    ($name:ident) => {
        $crate::value_column!($name, String, |v| v.code().to_owned(), |raw| raw.parse::<$name>());
    };
}

#[cfg(feature = "sea-orm")]
mod moment {
    use crate::Moment;
    crate::value_column!(Moment, i64, |v| v.millis(), |raw| Ok::<_, std::convert::Infallible>(Moment::from_millis(
        raw
    )));
}

#[cfg(not(feature = "sea-orm"))]
macro_rules! uuid_column {
    ($name:ident) => {};
}

#[cfg(not(feature = "sea-orm"))]
#[doc(hidden)]
#[macro_export]
macro_rules! coded_column {
    ($name:ident) => {};
}

pub(crate) use uuid_column;
