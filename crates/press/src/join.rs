//! Several files as one: the pages of all, with the outlines of all, under the catalogue of the first.

use lopdf::{Dictionary, Document, Error, Object, ObjectId};

/// Joins files in their order.
pub(crate) fn join(files: &[Vec<u8>]) -> Result<Vec<u8>, Error> {
    let mut whole = Document::new();
    let mut pages: Vec<ObjectId> = Vec::new();
    let mut headings: Vec<ObjectId> = Vec::new();
    for file in files {
        let mut next = Document::load_mem(file)?;
        next.renumber_objects_with(whole.max_id + 1);
        pages.extend(next.get_pages().into_values());
        headings.extend(outline(&next));
        if whole.objects.is_empty() {
            whole.version.clone_from(&next.version);
            whole.trailer = next.trailer.clone();
        }
        whole.max_id = next.max_id;
        whole.objects.append(&mut next.objects);
    }
    hang_pages(&mut whole, &pages)?;
    hang_outline(&mut whole, &headings)?;
    // What only the catalogues of the others led to.
    whole.prune_objects();
    let mut bytes = Vec::new();
    // A plain table of places: the compressed one of this library is refused by Poppler, which many viewers are made of.
    whole.renumber_objects();
    whole.save_to(&mut bytes)?;
    Ok(bytes)
}

/// Puts all pages below one node.
fn hang_pages(whole: &mut Document, pages: &[ObjectId]) -> Result<(), Error> {
    let count = i64::try_from(pages.len()).unwrap_or_default();
    let root = whole.add_object(Dictionary::from_iter([
        ("Type", Object::Name(b"Pages".to_vec())),
        ("Count", count.into()),
        ("Kids", pages.iter().map(|id| Object::Reference(*id)).collect::<Vec<_>>().into()),
    ]));
    for page in pages {
        whole.get_object_mut(*page)?.as_dict_mut()?.set("Parent", root);
    }
    whole.catalog_mut()?.set("Pages", root);
    Ok(())
}

/// The uppermost entries of an outline.
fn outline(file: &Document) -> Vec<ObjectId> {
    let entry = |id: ObjectId, name: &[u8]| file.get_dictionary(id).ok()?.get(name).ok()?.as_reference().ok();
    let root = file.catalog().ok().and_then(|catalog| catalog.get(b"Outlines").ok()?.as_reference().ok());
    let first = root.and_then(|root| entry(root, b"First"));
    std::iter::successors(first, |id| entry(*id, b"Next")).collect()
}

/// Puts all of them below one node.
fn hang_outline(whole: &mut Document, headings: &[ObjectId]) -> Result<(), Error> {
    let (Some(first), Some(last)) = (headings.first(), headings.last()) else { return Ok(()) };
    let root = whole.add_object(Dictionary::from_iter([
        ("Type", Object::Name(b"Outlines".to_vec())),
        ("First", Object::Reference(*first)),
        ("Last", Object::Reference(*last)),
        ("Count", i64::try_from(headings.len()).unwrap_or_default().into()),
    ]));
    for (at, id) in headings.iter().enumerate() {
        let entry = whole.get_object_mut(*id)?.as_dict_mut()?;
        entry.set("Parent", root);
        for (name, neighbour) in [("Prev", at.checked_sub(1)), ("Next", Some(at + 1))] {
            match neighbour.and_then(|at| headings.get(at)) {
                Some(other) => entry.set(name, *other),
                None => _ = entry.remove(name.as_bytes()),
            }
        }
    }
    whole.catalog_mut()?.set("Outlines", root);
    Ok(())
}
