//! What no build can beat: the bare Markdown parser over the bytes of notes, SQLite's bulk insert of the rows of a
//! package, and the compressor over its collection, in seconds of one processor.
//!
//! `cargo bench --bench limits -- NOTES PACKAGE`: a folder of notes, and a package that was built from them.
#![expect(clippy::disallowed_methods, reason = "a benchmark reads files and the clock")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod processor;

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::io::{Cursor, Read, Write};

use pulldown_cmark::{Options, Parser};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// So much is measured at least, as the time on a processor is told in steps of some milliseconds.
const ENOUGH: f64 = 0.5;

/// The name of the collection in a package.
const COLLECTION: &str = "collection.anki2";

/// The tables that have a row for each card.
const TABLES: [&str; 2] = ["notes", "cards"];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [notes, package] = arguments.as_slice() else { return Ok(()) };
    let mut texts = Vec::new();
    for entry in fs::read_dir(notes)? {
        texts.push(fs::read_to_string(entry?.path())?);
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    tell("bare Markdown parser", bytes, || {
        black_box(texts.iter().map(|text| Parser::new_ext(text, options).map(black_box).count()).sum::<usize>());
    });
    let mut collection = Vec::new();
    ZipArchive::new(fs::File::open(package)?)?.by_name(COLLECTION)?.read_to_end(&mut collection)?;
    let known = Known::of(&collection)?;
    tell("SQLite's bulk insert", known.rows.iter().map(Vec::len).sum(), || known.insert().expect("an insert"));
    tell("compressor", collection.len(), || compress(&collection).expect("a package"));
    Ok(())
}

fn tell(what: &str, size: usize, mut work: impl FnMut()) {
    let (start, mut rounds) = (processor::of_thread(), 0_u32);
    let spent = loop {
        work();
        rounds += 1;
        let spent = processor::of_thread() - start;
        if spent >= ENOUGH {
            break spent;
        }
    };
    println!("| {what} | {size} | {:.4} s |", spent / f64::from(rounds));
}

/// The rows of a collection, and the tables they go into.
struct Known {
    schema: Vec<String>,
    rows: [Vec<Vec<Value>>; 2],
}

impl Known {
    fn of(collection: &[u8]) -> rusqlite::Result<Known> {
        let mut database = Connection::open_in_memory()?;
        database.deserialize_read_exact("main", Cursor::new(collection), collection.len(), true)?;
        let mut schema = database.prepare("select sql from sqlite_master where sql is not null")?;
        let schema = schema.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let read = |table: &str| -> rusqlite::Result<Vec<Vec<Value>>> {
            let mut all = database.prepare(&format!("select * from {table}"))?;
            let columns = all.column_count();
            let row = |row: &rusqlite::Row| (0..columns).map(|column| row.get(column)).collect();
            all.query_map([], row)?.collect()
        };
        Ok(Known { schema, rows: [read(TABLES[0])?, read(TABLES[1])?] })
    }

    /// Puts all rows into an empty database in memory, in one transaction.
    fn insert(&self) -> rusqlite::Result<()> {
        let mut database = Connection::open_in_memory()?;
        for statement in &self.schema {
            database.execute_batch(statement)?;
        }
        let transaction = database.transaction()?;
        for (table, rows) in TABLES.iter().zip(&self.rows) {
            let places = vec!["?"; rows.first().map_or(0, Vec::len)].join(", ");
            let mut insert = transaction.prepare(&format!("insert into {table} values ({places})"))?;
            for row in rows {
                insert.execute(params_from_iter(row))?;
            }
        }
        transaction.commit()
    }
}

fn compress(collection: &[u8]) -> zip::result::ZipResult<()> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(COLLECTION, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))?;
    zip.write_all(collection)?;
    black_box(zip.finish()?);
    Ok(())
}
