//! F: target forms — targets and actuals, weights and scores, funds, and what the text says of them.

mod dates;
mod grades;
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
    grade_outside_scale,
    grade_differs,
    points_lost,
    heading_other_project,
    heading_without_form,
    fewer_forms,
    forms_miss_expenditure,
    form_differs_from_text,
    goal_of_other,
    score_differs_from_text,
    kind_missing,
    units_differ,
    form_dated_early,
];
