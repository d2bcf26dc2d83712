"""What an engineer would write instead: one person's rows into a zip with JSON and, if asked, a PDF.

    plain.py DATABASE_URL EMAIL OUT.zip json|pdf
"""
import io
import json
import sys
import zipfile

import psycopg
from psycopg.rows import dict_row


def rows(url, email):
    with psycopg.connect(url, row_factory=dict_row) as conn:
        customers = conn.execute("SELECT * FROM customer WHERE lower(btrim(email)) = %s", (email.lower(),)).fetchall()
        ids = [customer["id"] for customer in customers]
        events = conn.execute("SELECT * FROM event WHERE customer_id = ANY(%s) ORDER BY id", (ids,)).fetchall()
    return {"customer": customers, "event": events}


def pdf(found):
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    y = 0
    for table, records in found.items():
        for record in records:
            for name, value in record.items():
                if y < 40:
                    page.showPage()
                    page.setFont("Helvetica", 9)
                    y = 800
                page.drawString(40, y, f"{table}.{name}: {value}")
                y -= 11
    page.save()
    return out.getvalue()


def main():
    url, email, out, what = sys.argv[1:5]
    found = rows(url, email)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("records.json", json.dumps(found, default=str, ensure_ascii=False))
        if what == "pdf":
            archive.writestr("disclosure.pdf", pdf(found))


main()
