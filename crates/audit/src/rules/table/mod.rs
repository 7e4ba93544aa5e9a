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
];
