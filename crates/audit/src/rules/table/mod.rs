//! T: the public tables must foot, and agree with each other and with the text.

mod footing;

family![
    row_total_differs,
    code_total_differs,
    overall_total_differs,
    sides_differ,
    fund_balance_differs,
    cost_total_differs,
    three_public_total_differs,
    tables_differ,
    basic_expenditure_differs,
    fund_exceeds_whole,
    item_exceeds_three_public,
    agency_exceeds_office,
    free_total_differs,
    percent_column_differs,
    parent_missing,
    code_order,
    empty_table,
    listed_items_differ,
    kind_of_expenditure_differs,
    flat_contradicted,
    opening_differs,
];
