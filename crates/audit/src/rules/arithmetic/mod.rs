//! A: numbers of one statement must agree with each other.

family![
    share_differs,
];
