//! X: words and signs.

family![
    template_hint_left,
    default_chart_data_left,
    doubled_word,
    doubled_sign,
    unbalanced_bracket,
    mixed_width_sign,
    sentence_left_open,
    doubled_unit,
    amount_without_unit,
    yuan_among_wan,
    negative_decrease,
    personal_data,
    reason_missing,
    reason_contradicts_change,
    wrong_character,
    outdated_term,
    foreign_body_named,
];
