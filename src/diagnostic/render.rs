//! Drawing findings for a terminal.
