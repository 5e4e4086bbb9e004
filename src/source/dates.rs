//! Days as publishers write them. Does not guess: `03/04/2022` is read by nobody the same way, so it is not read.

use jiff::civil::Date;
use jiff::fmt::{rfc2822, strtime};
use jiff::{Timestamp, tz};

/// Ways of writing a day, in the notation of strftime; what follows the day is not looked at.
const FORMATS: [&str; 16] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%B %d %Y",
    "%b %d %Y",
    "%Y %B %d",
    "%Y %b %d",
    "%d-%b-%Y",
    "%d-%B-%Y",
    "%d.%m.%Y",
    "%b %d %H:%M:%S %Y",
];

/// Reads a day: ISO 8601, RFC 3339, RFC 2822, seconds (or milli-, micro-, nanoseconds) since 1970, "8 May 2022", "Sunday, May 8, 2022".
/// A time of day and its zone are dropped: the day is the one that the publisher wrote.
pub fn read(written: &str) -> Option<Date> {
    let tidy = tidy(written);
    since_1970(&tidy)
        .or_else(|| FORMATS.iter().find_map(|f| day(f, &tidy)))
        .or_else(|| rfc2822::DateTimeParser::new().parse_zoned(written.trim()).ok().map(|z| z.date()))
        .filter(likely)
}

fn day(format: &str, text: &str) -> Option<Date> {
    let (parsed, length) = strtime::BrokenDownTime::parse_prefix(format, text).ok()?;
    let rest = text.get(length..)?;
    let whole = !rest.starts_with(|c: char| c.is_ascii_digit());
    whole.then(|| parsed.to_date().ok()).flatten().filter(likely)
}

/// Tells a year from an hour or a serial number.
fn likely(date: &Date) -> bool {
    (1500..2500).contains(&date.year())
}

fn since_1970(text: &str) -> Option<Date> {
    let number: i64 = text.strip_suffix(".0").unwrap_or(text).parse().ok()?;
    let moment = match text.trim_start_matches('-').len() {
        9..=10 => Timestamp::from_second(number),
        12..=13 => Timestamp::from_millisecond(number),
        15..=16 => Timestamp::from_microsecond(number),
        18..=19 => Timestamp::from_nanosecond(number.into()),
        _ => return None,
    };
    Some(tz::Offset::UTC.to_datetime(moment.ok()?).date())
}

/// One blank between words, no day of the week, no "th", no dot behind "Sept", which is cut to three letters.
fn tidy(written: &str) -> String {
    let words = written.split_whitespace().map(word);
    let words: Vec<String> = words.filter(|w| !weekday(w)).collect();
    words.join(" ")
}

fn word(word: &str) -> String {
    let ordinal = word.trim_end_matches(',');
    let digits = ordinal.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !digits.is_empty() && digits.len() <= 2 && ["st", "nd", "rd", "th"].contains(&&ordinal[digits.len()..]) {
        return format!("{digits}{}", &word[ordinal.len()..]);
    }
    let letters = word.trim_end_matches([',', '.']);
    match letters.to_ascii_lowercase().as_str() {
        "sept" => "Sep".to_owned(),
        _ if word.ends_with('.') && letters.chars().all(|c| c.is_ascii_alphabetic()) => letters.to_owned(),
        _ => word.to_owned(),
    }
}

fn weekday(word: &str) -> bool {
    let name = word.trim_end_matches([',', '.']).to_ascii_lowercase();
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    name.len() >= 3 && days.iter().any(|d| *d == name || d[..3] == name || (name.len() > 3 && d.starts_with(&name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_publishers_write_them() {
        let written = [
            "2022-05-08",
            "2022-05-08T23:30:00Z",
            "2022-05-08T23:30:00.123+04:30",
            "2022-05-08 10:00",
            "20220508",
            "2022/05/08",
            "Sun, 08 May 2022 10:00:00 GMT",
            "Sun, 8 May 2022 23:59:59 -0500",
            "8 May 2022",
            "8th May 2022",
            "08-May-2022",
            "May 8, 2022",
            "May 8th, 2022",
            "may 8, 2022 10:15 am",
            "Sunday, May 8, 2022",
            "Sunday 8 May 2022",
            "2022 May 8",
            "8.5.2022",
            "Sun May 08 12:00:00 2022",
            "1652004000",
            "1652004000000",
        ];
        for w in written {
            assert_eq!(read(w), Some(jiff::civil::date(2022, 5, 8)), "{w}");
        }
        assert_eq!(read("Sept. 5, 2022"), Some(jiff::civil::date(2022, 9, 5)));
        assert_eq!(read("5 Sept 2022"), Some(jiff::civil::date(2022, 9, 5)));
    }

    #[test]
    fn what_is_no_day_is_not_read() {
        for w in [
            "",
            "yesterday",
            "2022",
            "May 2022",
            "03/04/2022",
            "2022-02-30",
            "2022-05-081",
            "31 June 2022",
            "0000-00-00",
        ] {
            assert_eq!(read(w), None, "{w}");
        }
    }
}
