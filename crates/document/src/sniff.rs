//! What the bytes are, whatever the name says.
