//! The tables of `keqiao-sheet`, tried with the columns of the directory.

mod check;
mod files;
mod heading;
mod mapping;
mod value;
