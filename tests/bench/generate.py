#!/usr/bin/env python3
"""Writes a PES Aller of about a given size, in the memory of one piece.

Shape « lines » holds small elements only; shape « pj » is nine tenths base64, in one text a
megabyte long by attachment. The same size always gives the same bytes.
"""

import argparse
import base64
import random
import sys

HEAD = """<?xml version="1.0" encoding="ISO-8859-1"?>
<n:PES_Aller xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller" Id="BENCH">
<Enveloppe><Parametres><Version V="2"/><TypFic V="PESALR2"/><NomFic V="{name}"/></Parametres>
<Emetteur><Sigle V="BENCH"/></Emetteur><Recepteur><Sigle V="HELIOS"/></Recepteur></Enveloppe>
<EnTetePES><DteStr V="2026-01-05"/><IdPost V="034000"/><IdColl V="12345678901234"/>
<CodCol V="123"/><CodBud V="00"/><LibelleColBud V="Ville-d\xe9mo"/></EnTetePES>
<PES_DepenseAller><EnTeteDepense><IdVer V="2"/><InfoDematerialisee V="1"/></EnTeteDepense>
<Bordereau><BlocBordereau><Exer V="2026"/><IdBord V="1"/><DteBordEm V="2026-01-05"/>
<TypBord V="01"/><NbrPce V="1"/><MtCumulAnnuel V="0.00"/><MtBordHT V="0.00"/></BlocBordereau>
"""

PIECE = """<Piece>
 <BlocPiece>
  <InfoPce>
   <IdPce V="{rank}"/>
   <TypPce V="01"/>
   <NatPce V="01"/>
   <Obj V="March\xe9 de fournitures, lot {lot}"/>
  </InfoPce>
 </BlocPiece>
 <LigneDePiece>
  <BlocLignePiece>
   <InfoLignePce>
    <IdLigne V="1"/>
    <Nature V="{nature}"/>
    <Fonction V="020"/>
    <MtHT V="{amount}"/>
    <MtTVA V="0.00"/>
   </InfoLignePce>
  </BlocLignePiece>
  <Tiers>
   <InfoTiers>
    <IdTiers V="{third}"/>
    <NatIdTiers V="01"/>
    <Nom V="ATELIERS D'EXEMPLE &amp; FILS"/>
   </InfoTiers>
   <Adresse><TypAdr V="1"/><CP V="34000"/><Ville V="VILLE-EXEMPLE"/></Adresse>
  </Tiers>
 </LigneDePiece>
</Piece>
"""

BORDEREAU_END = "</Bordereau>\n</PES_DepenseAller>\n"
PJ_START = '<PES_PJ><EnTetePES_PJ><IdVer V="1"/></EnTetePES_PJ>\n'
PJ = '<PJ><Contenu><Fichier MIMEType="application/pdf">{text}</Fichier></Contenu><IdUnique V="PJ{rank}"/>'
PJ_END = "</PES_PJ>\n"
END = "</n:PES_Aller>\n"


def pieces(dice, size):
    written, rank = 0, 0
    while written < size:
        rank += 1
        piece = PIECE.format(rank=rank, lot=dice.randrange(100), nature=dice.randrange(600, 70000),
                             amount=f"{dice.randrange(10**7) / 100:.2f}",
                             third=dice.randrange(10**13, 10**14))
        written += len(piece)
        yield piece


def attachments(dice, size):
    written, rank = 0, 0
    while written < size:
        rank += 1
        count = min(786432, max(3, (size - written) * 3 // 4))
        text = base64.b64encode(dice.randbytes(count)).decode("ascii")
        written += len(text)
        yield PJ.format(text=text, rank=rank) + "</PJ>\n"


def document(shape, size):
    dice = random.Random(size)
    yield HEAD.format(name=f"BENCH_{shape}_{size}.xml")
    yield from pieces(dice, size if shape == "lines" else size // 10)
    yield BORDEREAU_END
    if shape == "pj":
        yield PJ_START
        yield from attachments(dice, size * 9 // 10)
        yield PJ_END
    yield END


def write(shape, size, place):
    with open(place, "w", encoding="iso-8859-1", newline="") as file:
        for part in document(shape, size):
            file.write(part)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shape", choices=["lines", "pj"])
    parser.add_argument("size", type=int, help="bytes")
    parser.add_argument("output")
    words = parser.parse_args()
    write(words.shape, words.size, words.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
