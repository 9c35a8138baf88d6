//! What can be wrong with a lock, as findings: none of it is passed over, for a build on half of a lock would
//! take histories from cards.

use crate::diagnostic::Finding;
use crate::diagnostic::codes::identity as codes;

/// Something wrong with a line of a lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A merge left its marks.
    Conflict,
    /// A line is not as recto writes it.
    Hurt,
    /// The end is missing.
    Torn,
    /// A later recto wrote it; its version.
    Newer(u32),
    /// It is no lock at all.
    Foreign,
}

/// The remedy of most troubles.
const REPAIR: &str = "put back a sound copy, or run `recto identity --repair`";

/// The findings that tell of troubles in the lock at `path`; a run of hurt lines is told once.
pub fn findings(path: &str, troubles: &[Trouble]) -> Vec<Finding> {
    let mut out: Vec<Finding> = Vec::new();
    let conflict = troubles.iter().find(|trouble| trouble.fault == Fault::Conflict);
    let hurt = troubles.iter().filter(|trouble| matches!(trouble.fault, Fault::Hurt | Fault::Foreign)).count();
    let mut told = Vec::new();
    for trouble in conflict.into_iter().chain(troubles) {
        let code = code(&trouble.fault);
        // Marks of a merge explain every other trouble, and one hurt line tells of all.
        if told.contains(&code) || conflict.is_some() && trouble.fault != Fault::Conflict {
            continue;
        }
        told.push(code);
        let (message, help) = words(&trouble.fault, hurt);
        out.push(Finding::file(code, message, path, Some((trouble.line, 1))).help(help));
    }
    out
}

fn code(fault: &Fault) -> &'static str {
    match fault {
        Fault::Conflict => codes::LOCK_CONFLICT.name,
        Fault::Hurt | Fault::Torn | Fault::Foreign => codes::LOCK_DAMAGED.name,
        Fault::Newer(_) => codes::LOCK_NEWER.name,
    }
}

fn words(fault: &Fault, hurt: usize) -> (String, &'static str) {
    match fault {
        Fault::Conflict => (
            "a merge left its marks in the identity file".to_owned(),
            "run `recto identity --repair`, which keeps what both sides say of cards",
        ),
        Fault::Hurt if hurt > 1 => (format!("{hurt} lines of the identity file are not as recto writes them"), REPAIR),
        Fault::Hurt => ("this line of the identity file is not as recto writes it".to_owned(), REPAIR),
        Fault::Foreign => ("this is not an identity file of recto's".to_owned(), REPAIR),
        Fault::Torn => ("the end of the identity file is missing".to_owned(), REPAIR),
        Fault::Newer(version) => (
            format!(
                "the identity file has version {version}, and this recto knows versions up to {}",
                super::lock::VERSION
            ),
            "use the recto that wrote it, or a later one",
        ),
    }
}
