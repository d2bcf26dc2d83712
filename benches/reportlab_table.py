"""The same table with ReportLab: reportlab_table.py RECORDS OUT.pdf prints seconds and peak megabytes.

The records are the bench's own, by the same small generator, so that both lay out the same text.
"""
import resource
import sys
import time

WORDS = "customer called about the repair to the kitchen window which remains outstanding since visit officer confirmed that an inspection will be arranged and letter was sent to tenant regarding arrears payment plan agreed review support housing benefit decision appeal office effective filed staff".split()
NAMES = ["Siân O'Connor", "Zoë Müller", "Łukasz Wiśniewski", "John Smith", "Aoife Ní Bhriain", "José García-Márquez", "Šárka Dvořáková", "Mary-Anne Clarke", "Priya Patel", "David Evans"]
SYSTEMS = ["Housing CRM", "Council Tax", "Social Care", "Email archive", "CCTV log", "Parking", "Library", "HR"]
CATEGORIES = ["Contact", "Payment", "Case note", "Correspondence", "Assessment", "Complaint"]
SHARED = ["None", "Contractor (Mears)", "NHS trust", "DWP", "Police", "Ombudsman"]
BASES = ["Public task", "Legal obligation", "Contract", "Consent"]
HEAD = ["Record", "Date", "System", "Category", "Person", "Summary", "Shared with", "Lawful basis"]


def records(count):
    state = 42
    def pick(below):
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (state >> 33) % below
    for number in range(1, count + 1):
        name, length = NAMES[pick(10)], 8 + pick(11)
        summary = " ".join(WORDS[pick(len(WORDS))] for _ in range(length)).capitalize() + "."
        date = f"{1 + pick(28)} March {2010 + pick(16)}"
        yield [f"R-{number:06}", date, SYSTEMS[pick(8)], CATEGORIES[pick(6)], name, summary, SHARED[pick(6)], BASES[pick(4)]]


def main():
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle
    count, out, fonts = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    start = time.time()
    pdfmetrics.registerFont(TTFont("Noto", f"{fonts}/NotoSans-Regular.ttf"))
    pdfmetrics.registerFont(TTFont("NotoBold", f"{fonts}/NotoSans-Bold.ttf"))
    body = ParagraphStyle("body", fontName="Noto", fontSize=8, leading=11)
    head = ParagraphStyle("head", fontName="NotoBold", fontSize=8, leading=11)
    rows = [[Paragraph(text, head) for text in HEAD]]
    rows += [[Paragraph(text, body) for text in row] for row in records(count)]
    table = LongTable(rows, colWidths=[52, 54, 70, 78, 120, 220, 90, 77], repeatRows=1)
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.5, "grey")]))
    SimpleDocTemplate(out, pagesize=landscape(A4), leftMargin=40, rightMargin=40).build([table])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.time() - start:.2f} {peak:.0f}")


if __name__ == "__main__":
    main()
