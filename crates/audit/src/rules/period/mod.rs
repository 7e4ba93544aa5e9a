//! P: years and dates.

family![
    year_label,
    base_year,
    heading_year,
    as_of_date,
    impossible_date,
    malformed_date,
    range_reversed,
    report_dated_early,
];
