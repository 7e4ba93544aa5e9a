//! R: one quantity stated twice must be one number: in text, tables, attachments and charts.

mod passage;

pub(crate) use passage::{Passage, passages};

family![
    measure_differs,
    truncated,
    count_differs,
    noun_differs,
    chart_differs,
    chart_years_swapped,
    staff_differs,
    vehicle_kind_differs,
    part_differs,
    title_differs,
    growth_elsewhere,
    target_missed_in_text,
    occasion_year_differs,
    unit_slip,
    nothing_but_amount,
    indicator_differs,
    digits_transposed,
];
