//! P: years and dates.

family![
    impossible_date,
    malformed_date,
    range_reversed,
    report_dated_early,
];
