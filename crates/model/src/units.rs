//! Quantities with their units: no figure of the field is a bare float.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why a quantity cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitError {
    /// Not a number of this unit's form.
    #[error("“{found}” is not a number{unit}")]
    NotANumber {
        /// The text that was given.
        found: String,
        /// The unit, for the sentence.
        unit: &'static str,
    },
    /// Outside the unit's range.
    #[error("{found} is outside {low} to {high}")]
    OutOfRange {
        /// The text that was given.
        found: String,
        /// Smallest value taken.
        low: &'static str,
        /// Largest value taken.
        high: &'static str,
    },
    /// More decimal places than the unit keeps.
    #[error("“{found}” has more than {places} decimal places")]
    TooFine {
        /// The text that was given.
        found: String,
        /// How many places are kept.
        places: u32,
    },
}

/// Reads a plain decimal number into units of 10^-`places`, exactly.
pub(crate) fn decimal(text: &str, places: u32, unit: &'static str) -> Result<u64, UnitError> {
    let found = text.trim();
    let wrong = || UnitError::NotANumber { found: found.to_owned(), unit };
    let (whole, fraction) = found.split_once('.').unwrap_or((found, ""));
    let digits = |part: &str| part.chars().all(|letter| letter.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !digits(whole) || !digits(fraction) || whole.len() > 12 {
        return Err(wrong());
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > places as usize {
        return Err(UnitError::TooFine { found: found.to_owned(), places });
    }
    let scale = 10_u64.pow(places);
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| wrong())? };
    let missing = places - u32::try_from(fraction.len()).map_err(|_| wrong())?;
    let parts: u64 = if fraction.is_empty() { 0 } else { fraction.parse().map_err(|_| wrong())? };
    Ok(whole * scale + parts * 10_u64.pow(missing))
}

/// Writes a count of 10^-`places` units as the shortest plain decimal.
fn write_decimal(formatter: &mut fmt::Formatter<'_>, value: u64, places: u32) -> fmt::Result {
    let scale = 10_u64.pow(places);
    let (whole, rest) = (value / scale, value % scale);
    if rest == 0 {
        return formatter.pad(&whole.to_string());
    }
    let fraction = format!("{rest:0width$}", width = places as usize);
    formatter.pad(&format!("{whole}.{}", fraction.trim_end_matches('0')))
}

macro_rules! decimal_unit {
    ($(#[$meta:meta])* $name:ident, $places:literal, $largest:literal, $largest_text:literal, $unit:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(u32);

        impl $name {
            /// The value in the smallest step this unit keeps.
            #[must_use]
            pub const fn steps(self) -> u32 {
                self.0
            }

            /// From a count of the smallest step this unit keeps.
            ///
            /// # Errors
            /// [`UnitError::OutOfRange`].
            pub fn from_steps(steps: u32) -> Result<Self, UnitError> {
                if steps > $largest {
                    let shown = f64::from(steps) / f64::from(10_u32.pow($places));
                    return Err(UnitError::OutOfRange { found: shown.to_string(), low: "0", high: $largest_text });
                }
                Ok(Self(steps))
            }

            /// The value as a float, for arithmetic that ends in a shown figure.
            #[must_use]
            pub fn value(self) -> f64 {
                f64::from(self.0) / f64::from(10_u32.pow($places))
            }
        }

        impl FromStr for $name {
            type Err = UnitError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let steps = decimal(text, $places, $unit)?;
                u32::try_from(steps).ok().and_then(|steps| Self::from_steps(steps).ok()).ok_or_else(|| {
                    UnitError::OutOfRange { found: text.trim().to_owned(), low: "0", high: $largest_text }
                })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_decimal(formatter, u64::from(self.0), $places)
            }
        }

        impl TryFrom<String> for $name {
            type Error = UnitError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }
    };
}

decimal_unit!(
    /// A share of a hundred, 0 to 100, kept to 0.01 (exam weights such as 26.25 are exact).
    Percent, 2, 10_000, "100", " of per cent"
);
decimal_unit!(
    /// Semester credit hours (SCH), 0 to 999, kept to 0.01.
    Credits, 2, 99_900, "999", " of credits"
);
decimal_unit!(
    /// Contact or clock hours, 0 to 20,000, kept to 0.01.
    Hours, 2, 2_000_000, "20000", " of hours"
);

/// An amount of United States dollars, 0 to 10,000,000, kept to the cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Money(u64);

impl Money {
    /// The amount in cents.
    #[must_use]
    pub const fn cents(self) -> u64 {
        self.0
    }

    /// As people read it: `$39,000`, `$1,250.50`. Data and forms have the plain figure.
    #[must_use]
    pub fn shown(self) -> String {
        #[expect(clippy::cast_precision_loss, reason = "at most a thousand million cents")]
        let dollars = self.0 as f64 / 100.0;
        crate::dollars(dollars)
    }
}

impl FromStr for Money {
    type Err = UnitError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bare: String = text.trim().trim_start_matches('$').chars().filter(|letter| *letter != ',').collect();
        let cents = decimal(&bare, 2, " of dollars")?;
        if cents > 1_000_000_000 {
            return Err(UnitError::OutOfRange { found: text.trim().to_owned(), low: "0", high: "10000000" });
        }
        Ok(Self(cents))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("{}.{:02}", self.0 / 100, self.0 % 100))
    }
}

impl TryFrom<String> for Money {
    type Error = UnitError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Money> for String {
    fn from(value: Money) -> Self {
        value.to_string()
    }
}

/// A span of whole months, 1 to 600 (a certification's validity).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Months(u16);

impl Months {
    /// Checks the range.
    ///
    /// # Errors
    /// [`UnitError::OutOfRange`].
    pub fn new(months: u16) -> Result<Self, UnitError> {
        if (1..=600).contains(&months) {
            Ok(Self(months))
        } else {
            Err(UnitError::OutOfRange { found: months.to_string(), low: "1", high: "600" })
        }
    }

    /// The number of months.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Months {
    type Error = UnitError;

    fn try_from(months: u16) -> Result<Self, Self::Error> {
        Self::new(months)
    }
}

impl From<Months> for u16 {
    fn from(months: Months) -> Self {
        months.0
    }
}

/// A probability, 0 to 1, kept to 1/10,000 so that the same computation gives the same bytes everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Probability(u16);

impl Probability {
    /// Rounds to the nearest ten-thousandth.
    ///
    /// # Errors
    /// [`UnitError::OutOfRange`] for values outside 0 to 1 and for NaN.
    pub fn new(value: f64) -> Result<Self, UnitError> {
        if (0.0..=1.0).contains(&value) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "range checked just above")]
            Ok(Self((value * 10_000.0).round() as u16))
        } else {
            Err(UnitError::OutOfRange { found: value.to_string(), low: "0", high: "1" })
        }
    }

    /// From ten-thousandths, capped at 10,000.
    #[must_use]
    pub const fn from_steps(steps: u16) -> Self {
        Self(if steps > 10_000 { 10_000 } else { steps })
    }

    /// The value in ten-thousandths, 0 to 10,000.
    #[must_use]
    pub const fn steps(self) -> u16 {
        self.0
    }

    /// The value, 0 to 1.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.0) / 10_000.0
    }
}

impl TryFrom<f64> for Probability {
    type Error = UnitError;

    fn try_from(value: f64) -> Result<Self, Self::Error> {
        Self::new(value)
    }
}

impl From<Probability> for f64 {
    fn from(probability: Probability) -> Self {
        probability.value()
    }
}

impl fmt::Display for Probability {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("{:.2}", self.value()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_and_ranges_are_kept() {
        assert_eq!("26.25".parse::<Percent>().unwrap().steps(), 2_625);
        assert_eq!("12.50".parse::<Percent>().unwrap().to_string(), "12.5");
        assert_eq!("3.0".parse::<Credits>().unwrap().to_string(), "3");
        assert_eq!("$1,234.5".parse::<Money>().unwrap().to_string(), "1234.50");
        assert!(matches!("101".parse::<Percent>(), Err(UnitError::OutOfRange { .. })));
        assert!(matches!("1.234".parse::<Percent>(), Err(UnitError::TooFine { .. })));
        for bad in ["", ".", "-1", "1e3", "three", "1,5"] {
            assert!(matches!(bad.parse::<Credits>(), Err(UnitError::NotANumber { .. })), "{bad}");
        }
        assert!(Probability::new(f64::NAN).is_err());
        assert_eq!(Probability::new(0.123_456).unwrap().steps(), 1_235);
    }
}
