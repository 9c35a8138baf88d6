"""What stands in PDFs, and where: reads paths, one a line, and prints a JSON object for each.

Boxes are left, top, right and bottom, in points from the upper left corner of the page."""

import ctypes
import json
import sys

import pypdfium2 as pdfium
import pypdfium2.raw as raw


def box(page, left, bottom, right, top):
    height = page.get_height()
    return [round(left, 2), round(height - top, 2), round(right, 2), round(height - bottom, 2)]


def characters(page):
    text = page.get_textpage()
    out = []
    high = 0
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        # Characters beyond the first plane come in two halves.
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        sign = chr(code)
        # Blanks and ends of lines that the reader makes up, and the hyphens of broken words.
        if raw.FPDFText_IsGenerated(text.raw, at) == 1 or sign in "\r\n\x02\ufffe":
            continue
        out.append([sign, box(page, *text.get_charbox(at))])
    return out


def images(page):
    things = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
    return [box(page, *thing.get_bounds()) for thing in things]


def links(document, page):
    out = []
    at, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page.raw, at, link):
        action = raw.FPDFLink_GetAction(link)
        size = raw.FPDFAction_GetURIPath(document.raw, action, None, 0)
        if size:
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(document.raw, action, buffer, size)
            out.append(buffer.value.decode("utf-8", "replace"))
    return out


def read(path):
    document = pdfium.PdfDocument(path)
    pages = [
        {
            "size": [page.get_width(), page.get_height()],
            "characters": characters(page),
            "images": images(page),
            "links": links(document, page),
        }
        for page in document
    ]
    return {"pages": pages, "title": document.get_metadata_value("Title"), "tagged": bool(document.is_tagged())}


for line in sys.stdin:
    print(json.dumps(read(line.strip())), flush=True)
