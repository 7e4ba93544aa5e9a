//! F: target forms — targets and actuals, weights and scores, funds, and what the text says of them.

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
];
