//! Bringing the faces of one card into the database. A face goes by its number, which the compiler keeps through
//! every edit; faces of older databases, which have none, go by their key.

use super::record::{CardRecord, FaceRecord};
use crate::identity::substance;
use rusqlite::{Transaction, named_params};

/// What the database holds of a face.
struct KnownFace {
    id: i64,
    key: String,
    number: Option<u16>,
    retired: bool,
    back: String,
    /// What the answer was, where it changed in substance.
    changed_from: Option<String>,
}

/// The faces of one card on their way into the database.
pub(super) struct FaceSync<'a> {
    pub(super) transaction: &'a Transaction<'a>,
    pub(super) record: &'a CardRecord<'a>,
    pub(super) now: i64,
    /// Whether the answer changed in substance with this build.
    pub(super) substance: bool,
}

impl FaceSync<'_> {
    /// Makes the database hold the faces of the card.
    pub(super) fn run(&self) -> rusqlite::Result<()> {
        let known = self.known()?;
        let wanted = &self.record.faces;
        let same = pair(&known, wanted);
        self.make_room(&known, &same)?;
        for old in known.iter().filter(|old| !old.retired && !same.iter().flatten().any(|face| face.id == old.id)) {
            let mut retire = self.transaction.prepare_cached("UPDATE faces SET retired_at = :now WHERE id = :id")?;
            retire.execute(named_params! { ":id": old.id, ":now": self.now })?;
        }
        for (position, (face, old)) in wanted.iter().zip(&same).enumerate() {
            self.write(old.map(|old| old.id), position, face)?;
            if let Some(old) = old {
                self.mark(old, face)?;
            }
        }
        Ok(())
    }

    fn known(&self) -> rusqlite::Result<Vec<KnownFace>> {
        let sql = "SELECT id, key, number, retired_at IS NOT NULL, back, changed_from FROM faces
                   WHERE card = :card ORDER BY id";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let rows = statement.query_map(named_params! { ":card": self.record.card.id.0 }, |row| {
            Ok(KnownFace {
                id: row.get(0)?,
                key: row.get(1)?,
                number: row.get(2)?,
                retired: row.get(3)?,
                back: row.get(4)?,
                changed_from: row.get(5)?,
            })
        })?;
        rows.collect()
    }

    /// Frees the keys that faces are about to have: two may exchange theirs, and one that is gone may hold one.
    fn make_room(&self, known: &[KnownFace], same: &[Option<&KnownFace>]) -> rusqlite::Result<()> {
        let wanted = &self.record.faces;
        let keeps = |old: &KnownFace| {
            same.iter().zip(wanted).any(|(known, face)| known.is_some_and(|k| k.id == old.id) && face.key == old.key)
        };
        let in_way = |old: &&KnownFace| wanted.iter().any(|face| face.key == old.key) && !keeps(old);
        for old in known.iter().filter(in_way) {
            let mut rename = self.transaction.prepare_cached("UPDATE faces SET key = :key WHERE id = :id")?;
            rename.execute(named_params! { ":id": old.id, ":key": format!("gap:{}#{}", old.key, old.id) })?;
        }
        Ok(())
    }

    fn write(&self, id: Option<i64>, position: usize, face: &FaceRecord) -> rusqlite::Result<()> {
        self.transaction.prepare_cached(include_str!("write_face.sql"))?.execute(named_params! {
            ":id": id,
            ":card": self.record.card.id.0,
            ":key": face.key,
            ":number": face.number,
            ":position": i64::try_from(position).unwrap_or(i64::MAX),
            ":front": face.front,
            ":back": face.back,
        })?;
        Ok(())
    }

    /// Notes that an answer has changed in substance; of several changes that nobody was asked about since, the first
    /// counts. One that was taken back leaves no mark.
    fn mark(&self, old: &KnownFace, face: &FaceRecord) -> rusqlite::Result<()> {
        let sql = if old.changed_from.as_ref().is_some_and(|was| !substance::changed(was, &face.back)) {
            "UPDATE faces SET changed_from = NULL, changed_at = NULL WHERE id = :id AND :was <> :now"
        } else if self.substance && substance::changed(&old.back, &face.back) {
            "UPDATE faces SET changed_at = :now, changed_from =
                    CASE WHEN id IN (SELECT face FROM changed_faces) THEN changed_from ELSE :was END
              WHERE id = :id"
        } else {
            return Ok(());
        };
        let mut statement = self.transaction.prepare_cached(sql)?;
        statement.execute(named_params! { ":id": old.id, ":was": old.back, ":now": self.now }).map(drop)
    }
}

/// Which face of the database each wanted one is.
fn pair<'a>(known: &'a [KnownFace], wanted: &[FaceRecord]) -> Vec<Option<&'a KnownFace>> {
    let numbered = |face: &FaceRecord| known.iter().find(|old| old.number == Some(face.number));
    let named = |face: &FaceRecord| known.iter().find(|old| old.number.is_none() && old.key == face.key);
    let mut out: Vec<Option<&KnownFace>> = wanted.iter().map(|face| numbered(face).or_else(|| named(face))).collect();
    // Of faces without numbers: where one is gone and one is new, it was reworded.
    let taken = |old: &&KnownFace| out.iter().flatten().any(|face| face.id == old.id);
    let gone: Vec<&KnownFace> =
        known.iter().filter(|old| old.number.is_none() && !old.retired && !taken(old)).collect();
    if let ([old], 1) = (&gone[..], out.iter().filter(|face| face.is_none()).count()) {
        let old = *old;
        out.iter_mut().filter(|face| face.is_none()).for_each(|face| *face = Some(old));
    }
    out
}
