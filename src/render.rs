//! Card text to HTML, terminal or print text, shared by all outputs.
