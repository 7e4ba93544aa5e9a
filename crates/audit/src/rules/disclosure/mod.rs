//! D: parts, attachments, glossary, numbering.

family![
    contents_differ,
    attachment_missing,
    annex_tables_absent,
    part_missing,
    glossary_term_missing,
    numbering_gap,
    heading_repeated,
    caption_number_gap,
    number_style_mixed,
    unit_count_differs,
    content_not_repeated,
    subordinate_kinds_differ,
    change_without_reason,
    visitor_named,
    annex_title_differs,
];
