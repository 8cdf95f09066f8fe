//! How answers are put on the wire: types of our own, so that what programs rely on changes only where somebody means
//! it, and a new member of a use case's answer is not given away by accident.

/// Makes a type of the wire out of an answer of a use case.
pub(super) trait Plain<Source> {
    /// The same on the wire.
    fn of(given: Source) -> Self;
}

/// Types that are the same on both sides.
macro_rules! same {
    ($($type:ty),+) => {
        $(impl Plain<$type> for $type {
            fn of(given: $type) -> Self {
                given
            }
        })+
    };
}

same!(String, bool, u64, usize, f64);

impl Plain<&'static str> for String {
    fn of(given: &'static str) -> Self {
        given.to_owned()
    }
}

impl<Source, Wire: Plain<Source>> Plain<Vec<Source>> for Vec<Wire> {
    fn of(given: Vec<Source>) -> Self {
        given.into_iter().map(Wire::of).collect()
    }
}

impl<Source, Wire: Plain<Source>> Plain<Option<Source>> for Option<Wire> {
    fn of(given: Option<Source>) -> Self {
        given.map(Wire::of)
    }
}

/// A type of the wire with the members named, each from the member of that name of an answer.
macro_rules! wire {
    ($($(#[$about:meta])* $name:ident from $source:ty { $($(#[$one:meta])* $field:ident: $type:ty,)+ })+) => {
        $(
            $(#[$about])*
            #[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
            pub(super) struct $name {
                $($(#[$one])* pub(super) $field: $type,)+
            }

            impl $crate::api::wire::Plain<$source> for $name {
                fn of(given: $source) -> Self {
                    Self { $($field: $crate::api::wire::Plain::of(given.$field),)+ }
                }
            }
        )+
    };
}

pub(super) use wire;
