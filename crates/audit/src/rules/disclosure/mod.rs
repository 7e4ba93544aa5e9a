//! D: parts, attachments, glossary, numbering.

family![];
