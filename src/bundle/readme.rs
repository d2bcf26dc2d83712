//! `README.txt`: what each file is and how to check that nothing was changed, for whoever opens the bundle in twenty years.

use super::disclosure::Answer;

/// The text, with the line ends that every editor shows.
pub(super) fn render(answer: &Answer<'_>) -> String {
    let (cover, proof) = (answer.cover, answer.proof);
    let disclosure = if answer.in_volumes {
        "disclosure.pdf       The letter, and what is in which volume. PDF/A-2a and PDF/UA-1.
disclosure-01.pdf    All records, to read, print and keep, in volumes: 01, 02 and so on."
    } else {
        "disclosure.pdf       The letter and all records, to read, print and keep. PDF/A-2a and PDF/UA-1."
    };
    let mut text = format!(
        "{service}, {controller}
Reference {reference}, made {made}

THE FILES

index.html           All records, to read and search in a browser. Needs no network.
letter.pdf           Our letter: what was searched, what is left out and why, your rights.
{disclosure}
csv                  A table for each kind of record, to open in a spreadsheet.
records.json         All records with their exact values, for a program to read.
records.schema.json  What stands where in records.json (JSON Schema, draft 2020-12).
manifest.json        What was searched and with what result, and the SHA-256 hash and size of each file.
",
        service = cover.controller.service,
        controller = cover.controller.name,
        reference = cover.reference,
        made = cover.generated_at.utc().format("%-d %B %Y at %H:%M UTC"),
    );
    if proof.is_some() {
        text.push_str(
            "manifest.json.sig    The signature of manifest.json (Ed25519, RFC 8032): 64 bytes.
signing-key.pem      The public key that it was signed with.
",
        );
    }
    text.push_str(
        "
ABOUT THE TABLES IN csv

They are UTF-8 with commas between the fields. Dates and numbers are written as our systems hold them.
An empty field means that nothing is recorded. [Withheld: CODE] stands where something is withheld; the key at the end of
disclosure.pdf says what each code means. A text that a spreadsheet would run as a formula (it begins with = + - @ or the
like) has an apostrophe before it, so that opening the file is safe; records.json has it as it is.
",
    );
    if let Some(proof) = proof {
        text.push_str(&format!(
            "
HOW TO CHECK THAT NOTHING WAS CHANGED

1. Compare signing-key.pem with the key that we publish at
   {address}
   It must be {key}
2. In the folder with the files, check the signature with OpenSSL 3:
   openssl pkeyutl -verify -pubin -inkey signing-key.pem -rawin -in manifest.json -sigfile manifest.json.sig
3. Compare the SHA-256 hash of each file with the one in manifest.json:
   sha256sum disclosure.pdf        (Windows: certutil -hashfile disclosure.pdf SHA256)

Or, with the program that made the files, all three at once:
   rightsdesk bundle verify FILE.zip
",
            address = proof.published_at,
            key = proof.key.public().base64(),
        ));
    }
    text.push_str(&format!(
        "
QUESTIONS

Write to {email} and give the reference {reference}.
",
        email = cover.controller.email,
        reference = cover.reference,
    ));
    text.replace('\n', "\r\n")
}
