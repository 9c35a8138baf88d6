//! What people do with a tool.

/// What people do with a tool; below the name of a thing another verb may say what the thing does (`Affect
/// perception` below a disorder), and nobody does that with it.
const DONE_WITH: &[&str] = &[
    "access", "add", "aggregate", "analyse", "analyze", "apply", "archive", "assign", "attach", "automate", "balance",
    "block", "build", "calculate", "call", "capture", "change", "classify", "clone", "collect", "combine", "compile",
    "compress", "compute", "configure", "connect", "control", "convert", "copy", "create", "customise", "customize",
    "debug", "decouple", "define", "delete", "deliver", "deploy", "design", "detect", "develop", "disable", "discover",
    "distribute", "download", "draw", "edit", "encrypt", "enforce", "evaluate", "execute", "export", "extract",
    "filter", "find", "format", "get", "group", "handle", "host", "identify", "import", "index", "ingest", "inspect",
    "install", "integrate", "invoke", "join", "label", "launch", "limit", "list", "load", "log", "make", "manage",
    "map", "mask", "measure", "merge", "migrate", "monitor", "move", "open", "optimise", "optimize", "orchestrate",
    "organise", "organize", "override", "package", "parse", "partition", "perform", "populate", "predict", "prepare",
    "process", "profile", "provision", "publish", "pull", "push", "query", "record", "recover", "reduce", "register",
    "remove", "rename", "render", "replace", "replicate", "reset", "resize", "restore", "restrict", "retrieve",
    "rotate", "route", "run", "save", "scale", "scan", "schedule", "search", "secure", "select", "send", "serve",
    "set", "share", "simulate", "sort", "specify", "split", "start", "stop", "store", "stream", "switch", "sync",
    "tag", "track", "train", "transform", "translate", "trigger", "tune", "update", "upload", "validate", "verify",
    "view", "visualise", "visualize", "write",
];

/// Whether a verb's base form (lower case) says what people do with a tool.
pub fn is_done_with_tools(base: &str) -> bool {
    DONE_WITH.contains(&base)
}
