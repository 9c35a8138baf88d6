//! The small words of English by what they do in a sentence: adverbs, relative pronouns and determiners.

/// Whether a word is an adverb that may stand between subject and verb.
pub fn is_adverb(lower: &str) -> bool {
    matches!(
        lower,
        "already"
            | "instead"
            | "also"
            | "always"
            | "only"
            | "often"
            | "sometimes"
            | "seldom"
            | "just"
            | "still"
            | "then"
            | "now"
            | "even"
            | "once"
            | "twice"
            | "well"
            | "together"
            | "away"
            | "almost"
            | "never"
            | "overnight"
            | "however"
            | "daily"
            | "weekly"
    ) || (lower.len() > 4
        && lower.ends_with("ly")
        && !matches!(
            lower,
            "only"
                | "family"
                | "supply"
                | "apply"
                | "reply"
                | "monopoly"
                | "oligopoly"
                | "assembly"
                | "anomaly"
                | "multiply"
                | "imply"
                | "comply"
                | "rely"
                | "ally"
                | "butterfly"
                | "italy"
                | "july"
                | "belly"
                | "bully"
        ))
}

/// Whether a word opens a relative clause.
pub fn is_relative(lower: &str) -> bool {
    matches!(lower, "that" | "which" | "who" | "whose" | "where" | "whom")
}

/// Whether a word is an article, a possessive or a demonstrative.
pub fn is_determiner(lower: &str) -> bool {
    matches!(
        lower,
        "a" | "an"
            | "the"
            | "its"
            | "their"
            | "your"
            | "our"
            | "his"
            | "her"
            | "each"
            | "every"
            | "all"
            | "any"
            | "some"
            | "this"
            | "that"
            | "these"
            | "those"
            | "no"
            | "both"
            | "several"
            | "many"
            | "multiple"
            | "one"
            | "two"
            | "three"
            | "four"
            | "five"
    )
}
