//! Family of rules; see `crate::Family`.

family![
    year_label,
    base_year,
    heading_year,
    as_of_date,
];
