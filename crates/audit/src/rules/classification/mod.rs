//! C: codes and names of the classification.

mod glossary;
mod mentions;

family![
    name_not_of_code,
    code_with_two_names,
    name_with_two_codes,
    code_at_wrong_level,
    outdated_name,
    explained_without_spending,
    spending_without_explanation,
    path_differs_from_code,
];
