"""How does WeasyPrint's PDF/A-3a file also become PDF/UA-1, and how is it written?

Three things are missing in it: metadata that a validator can read without decompressing, the PDF/UA
identification, and the description of that identification which PDF/A demands of every schema it
does not know (ISO 19005-3, 6.6.2.3). The objects are written here, once: WeasyPrint's own writing
turns every object into bytes twice, for an identifier, and a second tool would have to read the
whole file again to change a single stream. A signature needs its place from the beginning too: an
invisible field in the tree of tags, and a value of fixed length whose range is known only here.
"""

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import pydyf

# Level 6 gains 2 % in size and costs half as much again in time.
COMPRESSION = 4
# Readable in the file as it is: metadata by the standard, attachments so that whoever holds the
# file can find the published record in it with no more than a text search.
UNCOMPRESSED = ("/Metadata", "/EmbeddedFile")
# Of equal length whatever the numbers are. Ten digits are the most that a file has (7.5.4).
RANGE = b"[0 %-10d %-10d %-10d]"
# The field is told to readers in the language of the documents.
SPOKEN = "电子签名"
PRINTED_AND_LOCKED = 4 + 128
SIGNED_APPEND_ONLY = 1 + 2
QUOTES = {'"': "&quot;"}
# The comment tells transports that the file is binary (ISO 19005-3, 6.1.2).
HEADER = b"%PDF-1.7\n%\xe5\x88\xa9\xe5\x89\x91\n"

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 pdfaid:part="3" pdfaid:conformance="A"/>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 pdf:Producer="{producer}" xmp:CreatorTool="{creator}">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the file says of itself; ``identifier`` names the job it was made for."""

    title: str
    author: str
    language: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Seal:
    """What is written about the signature to come (``kernel.signature.place``).

    ``mark`` ends with the key of the value; ``blank`` are the digits that stand for it until then.
    """

    holder: str
    reason: str
    location: str
    at: str
    mark: str
    blank: str


def conforming(pdf: pydyf.PDF, imprint: Imprint, seal: Seal | None = None) -> bytes:
    """The file of ``pdf``, PDF/A-3a and PDF/UA-1 at once; the same objects give the same bytes."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [_packet(pdf.info, imprint).encode()]
    pdf.add_object(pdf.info)
    if seal is None:
        return _file(pdf, imprint.identifier)
    place = seal.mark.encode() + b"<" + seal.blank.encode() + b">"
    _add_field(pdf, _signature(seal, place))
    return _ranged(_file(pdf, imprint.identifier), place)


def _signature(seal: Seal, place: bytes) -> pydyf.Dictionary:
    """The signature dictionary (ISO 32000-1, 12.8.1), its range still unknown, its value blank."""
    told = {"M": seal.at, "Name": seal.holder, "Reason": seal.reason, "Location": seal.location}
    said = {name: pydyf.String(text) for name, text in told.items() if text}
    kind = {"Type": "/Sig", "Filter": "/Adobe.PPKLite", "SubFilter": "/ETSI.CAdES.detached"}
    return pydyf.Dictionary(kind | said | {"ByteRange": RANGE % (0, 0, 0) + place})


def _add_field(pdf: pydyf.PDF, signature: pydyf.Dictionary) -> None:
    """Add the field of the signature: without extent, so without appearance, yet with its tag."""
    pdf.add_object(signature)
    page = pdf.objects[int(pdf.page_references[0].split()[0])]
    tags = pdf.objects[int(pdf.catalog["StructTreeRoot"].split()[0])]
    document = pdf.objects[int(tags["K"][0].split()[0])]
    numbers = pdf.objects[int(tags["ParentTree"].split()[0])]["Nums"]
    field = pydyf.Dictionary({
        "Type": "/Annot", "Subtype": "/Widget", "FT": "/Sig", "T": pydyf.String("signature"),
        "TU": pydyf.String(SPOKEN), "V": signature.reference, "P": pdf.page_references[0],
        "Rect": pydyf.Array((0, 0, 0, 0)), "F": PRINTED_AND_LOCKED, "StructParent": numbers[-2] + 1,
    })  # fmt: skip
    pdf.add_object(field)
    shown = {"Type": "/OBJR", "Obj": field.reference, "Pg": pdf.page_references[0]}
    form = pydyf.Dictionary({
        "Type": "/StructElem", "S": "/Form", "P": document.reference, "Alt": pydyf.String(SPOKEN),
        "K": pydyf.Array([pydyf.Dictionary(shown)]),
    })  # fmt: skip
    pdf.add_object(form)
    document["K"].append(form.reference)
    numbers.extend((numbers[-2] + 1, form.reference))
    page.setdefault("Annots", pydyf.Array()).append(field.reference)
    page["Tabs"] = "/S"
    fields = pydyf.Array([field.reference])
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": fields, "SigFlags": SIGNED_APPEND_ONLY})


def _ranged(content: bytes, place: bytes) -> bytes:
    """Write down which bytes are signed: all but the value, from ``<`` to ``>``."""
    before, after = content.split(RANGE % (0, 0, 0) + place)
    begin = len(before) + len(RANGE % (0, 0, 0)) + place.index(b"<")
    end = begin + len(place) - place.index(b"<")
    covered = RANGE % (begin, end, len(content) - end)
    return before + covered + place + after


def _packet(about: Any, imprint: Imprint) -> str:
    return PACKET.format(
        producer=escape(about["Producer"].string, QUOTES),
        creator=escape(about["Creator"].string, QUOTES),
        title=escape(imprint.title),
        author=escape(imprint.author),
        language=escape(imprint.language),
    )


def _file(pdf: pydyf.PDF, identifier: str) -> bytes:
    """Header, objects, table of their places, trailer (ISO 32000-1, 7.5)."""
    parts, places, place = [HEADER], [b"0000000000 65535 f \n"], len(HEADER)
    for item in _written(pdf.objects):
        parts.append(item)
        places.append(b"%010d 00000 n \n" % place)
        place += len(item)
    digest = hashlib.sha256(b"".join(parts)).hexdigest()[:32]
    return b"".join(
        (
            *parts,
            b"xref\n0 %d\n" % len(places),
            *places,
            b"trailer\n<</Size %d/Root %s/Info %s/ID [<%s> <%s>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (
                len(places), pdf.catalog.reference, pdf.info.reference,
                identifier.encode(), digest.encode(), place,
            ),
        )
    )  # fmt: skip


def _written(objects: list[Any]) -> Iterator[bytes]:
    for item in objects[1:]:  # the first is the head of the list of free numbers
        if isinstance(item, pydyf.Stream):
            _compress(item)
            # Optional, and wrong once a log entry is written into the file.
            item.extra.get("Params", {}).pop("CheckSum", None)
            yield _ended(item.indirect) + b"\n"
        else:
            yield item.indirect + b"\n"


def _ended(stream: bytes) -> bytes:
    """End a stream with CR LF: before LF alone, one whose last byte is CR seems to lack it."""
    end = b"\nendstream\nendobj"
    return stream.removesuffix(end) + b"\r" + end


def _compress(stream: pydyf.Stream) -> None:
    if stream.extra.get("Type") in UNCOMPRESSED or "Filter" in stream.extra:
        return
    plain = pydyf.Stream(stream.stream).data  # <<…>> stream … endstream
    content = plain.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
    stream.stream = [zlib.compress(content, COMPRESSION)]
    stream.extra["Filter"] = "/FlateDecode"
