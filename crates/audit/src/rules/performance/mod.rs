//! F: target forms — targets and actuals, weights and scores, funds, and what the text says of them.

mod dates;
mod reading;

family![
    target_missed,
    target_surpassed,
    operator_kept,
    actuals_copied,
    goal_copied,
    conclusion_repeats,
    number_missing,
    satisfaction_in_words,
    target_vague,
    percent_of_nothing,
    date_malformed,
    completion_late,
    weights_miss_total,
    levels_differ,
    score_above_weight,
    score_by_formula,
    total_score_differs,
    execution_score,
    execution_rate,
    funds_differ,
    executed_over_budget,
    costs_miss_budget,
    goal_number,
];
