"""How does WeasyPrint's PDF/A-3a file also become PDF/UA-1?

Three things are missing in it: metadata that a validator can read without decompressing, the PDF/UA
identification, and the description of that identification which PDF/A demands of every schema it
does not know (ISO 19005-3, 6.6.2.3). The file is written anew with an identifier derived from its
content, so that the same facts give the same bytes.
"""

import io
from xml.sax.saxutils import escape

import pikepdf

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


def conforming(content: bytes, *, title: str, author: str, language: str) -> bytes:
    """The file ``content`` as PDF/A-3a and PDF/UA-1 at once."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        packet = PACKET.format(
            producer=escape(str(pdf.docinfo.get("/Producer", "")), {'"': "&quot;"}),
            creator=escape(str(pdf.docinfo.get("/Creator", "")), {'"': "&quot;"}),
            title=escape(title),
            author=escape(author),
            language=escape(language),
        )
        pdf.Root.Metadata = pikepdf.Stream(
            pdf, packet.encode(), {"/Type": pikepdf.Name.Metadata, "/Subtype": pikepdf.Name.XML}
        )
        output = io.BytesIO()
        pdf.save(
            output,
            deterministic_id=True,
            compress_streams=True,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return output.getvalue()
