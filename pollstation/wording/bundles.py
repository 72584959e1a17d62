"""Sealed files, bundles, keys and certificates."""

from pollstation.domain.errors import Code
from pollstation.i18n import N_

SENTENCES: dict[Code, tuple[str, str]] = {
    Code.SEAL_NOT_ZIP: (
        N_("The file cannot be read: it is damaged, cut short, or of another kind."),
        N_("Copy it once more from where it was made, and compare the two."),
    ),
    Code.SEAL_NAME_TWICE: (
        N_("The name {field} stands in it more than once."),
        N_("Do not use the file. Ask its sender for it again, on another way."),
    ),
    Code.SEAL_NAME_UNSAFE: (
        N_("The name {field} in it could be written outside its folder."),
        N_("Do not unpack the file. Tell the election committee who gave it to you."),
    ),
    Code.SEAL_TOO_LARGE: (
        N_("It holds {files} files and {bytes} bytes, more than any election has."),
        N_("Do not unpack the file. Ask its sender for it again."),
    ),
    Code.SEAL_REPACKED: (
        N_("The file was unpacked and packed anew, or something was put between its parts."),
        N_("Ask for the file as it was made; copy it whole, never through another program."),
    ),
    Code.SEAL_SUMS_MISSING: (
        N_("The list of checksums, SHA256SUMS, is missing."),
        N_("The file is not whole. Ask its sender for it again."),
    ),
    Code.SEAL_SUMS_UNREADABLE: (
        N_("The list of checksums, SHA256SUMS, is not written as sha256sum writes it."),
        N_("The file is not whole. Ask its sender for it again."),
    ),
    Code.SEAL_FILE_UNLISTED: (
        N_("{field} is in the file and not in the signed list."),
        N_("Somebody added it. Do not use the file; ask its sender for it again."),
    ),
    Code.SEAL_FILE_MISSING: (
        N_("{field} is in the signed list and not in the file."),
        N_("Somebody took it out. Do not use the file; ask its sender for it again."),
    ),
    Code.SEAL_FILE_CHANGED: (
        N_("{field} is not what was signed."),
        N_("It was changed or damaged. Do not use the file; ask its sender for it again."),
    ),
    Code.SEAL_SIGNATURE_MISSING: (
        N_("Nobody signed it: SHA256SUMS.p7s is missing."),
        N_("Do not use the file. Ask its sender for the signed one."),
    ),
    Code.SEAL_SIGNATURE_UNREADABLE: (
        N_("The signature is not one that can be read."),
        N_("Do not use the file. Ask its sender for it again."),
    ),
    Code.SEAL_SIGNATURE_WRONG: (
        N_("The signature does not belong to this content."),
        N_("Somebody changed it after it was signed. Do not use it; tell the election committee."),
    ),
    Code.SEAL_SIGNER_UNKNOWN: (
        N_("It is signed by {signer}, whom this election committee's root certificate does not know."),
        N_("Check that the root certificate is the right committee's. If it is, do not use the file."),
    ),
    Code.SEAL_SIGNED_OUTSIDE_VALIDITY: (
        N_("It was signed at {time}, when the certificate of {signer} was not valid."),
        N_("Check the clock of the laptop that signed it; set it right and hand over again."),
    ),
    Code.SEAL_SIGNER_ROLE: (
        N_("{signer} signed it, whose certificate is for another duty ({role})."),
        N_("Check that this is the right kind of file."),
    ),
    Code.BUNDLE_NEWER: (
        N_("The bundle was made by a newer pollstation (format {format}; this one knows {known})."),
        N_("Check it with that version."),
    ),
    Code.BUNDLE_UNREADABLE: (
        N_("{field} in the bundle cannot be read."),
        N_("Ask the station for its bundle again; if it stays so, keep it for the election committee."),
    ),
    Code.BUNDLE_FILE_UNKNOWN: (
        N_("{field} does not belong into a bundle."),
        N_("Do not use the bundle before the station has said how it came in."),
    ),
    Code.BUNDLE_FILE_MISSING: (
        N_("{field} is missing in the bundle."),
        N_("Ask the station for its bundle again."),
    ),
    Code.BUNDLE_OTHER_ELECTION: (
        N_("It is of the election {election}, and the certificate of {signer}."),
        N_("Check that the bundle is of this election; never mix two elections."),
    ),
    Code.BUNDLE_OTHER_STATION: (
        N_("It speaks for station {station}, and {signer} signed it."),
        N_("Ask both stations for their bundles again."),
    ),
    Code.BUNDLE_WRONG_ROLE: (
        N_("The bundle's role is {role}, which is not its signer's ({signer}) or not what is asked for."),
        N_("Check which bundle is needed: of the polling, or of the count."),
    ),
    Code.BUNDLE_JOURNAL_LINE: (
        N_("A line of the journal is no entry as bundles write it."),
        N_("Ask the station for its bundle again; if it stays so, keep it for the election committee."),
    ),
    Code.BUNDLE_JOURNAL_EMPTY: (
        N_("The journal is empty."),
        N_("Ask the station for its bundle again."),
    ),
    Code.BUNDLE_JOURNAL_SENSELESS: (
        N_("An entry of the journal does not say what its kind must say ({problem})."),
        N_("Keep the bundle for the election committee; check with the same version that made it."),
    ),
    Code.BUNDLE_HEAD_DIFFERS: (
        N_("The journal does not end where the manifest says."),
        N_("Entries are missing or too many. Ask the station for its bundle again."),
    ),
    Code.BUNDLE_END_UNSIGNED: (
        N_("The journal of device {device} ends at entry {number}, which is no signed checkpoint."),
        N_("Entries may be missing at its end. Ask the station for its bundle again."),
    ),
    Code.BUNDLE_UNFINISHED: (
        N_("The day of the station is not finished: it stands at {phase}."),
        N_("Ask the station to finish its day and hand over again."),
    ),
    Code.BUNDLE_ENTRY_FOREIGN: (
        N_("Device {device} wrote about {stream}, which is another station's."),
        N_("Keep the bundle for the election committee."),
    ),
    Code.BUNDLE_CERTIFICATE_WRONG: (
        N_("{field} is not a certificate that this committee issued to that station for this election."),
        N_("Ask the station for its bundle again; if it stays so, tell the election committee."),
    ),
    Code.BUNDLE_TOTAL_DIFFERS: (
        N_("The bundle says {stated}, the journal adds up to {computed}."),
        N_("Do not use these figures. Ask the station for its bundle again."),
    ),
    Code.BUNDLE_RESULT_DIFFERS: (
        N_("The result says {stated}, and {computed} follows from the journal."),
        N_("Do not use this result. Ask the station for its bundle again."),
    ),
    Code.BUNDLE_ISSUED_TWICE: (
        N_("A voter was issued a ballot of one contest twice, and nobody decided it ({stream})."),
        N_("Ask the station's supervisor to decide it with a witness and to hand over again."),
    ),
    Code.BUNDLE_ONE_PERSON: (
        N_("Entry {number} of {device} needs two people and has only one."),
        N_("Do not use this bundle; find out at the station who was there."),
    ),
    Code.BUNDLE_ONE_COUNTER: (
        N_("Both readings of the count sheet {sheet} are by one person."),
        N_("Have the sheet entered again by two people and handed over again."),
    ),
    Code.BUNDLE_ACCOUNT_DIFFERS: (
        N_("The ballot account {key} is out by {difference}, and nobody explained it."),
        N_("Ask the station to count again, or to explain it with two people, and to hand over again."),
    ),
    Code.BUNDLE_POLLING_MISSING: (
        N_("The journal of station {station}, whose boxes are counted here, is not inside."),
        N_("Ask the counting site to take in that station's bundle and to hand over again."),
    ),
    Code.BUNDLE_POLLING_DIFFERS: (
        N_("The journal of station {station} does not end where the counting site took it in."),
        N_("Compare with the bundle of that station; ask the counting site to hand over again."),
    ),
    Code.KEY_WRONG_PASSPHRASE: (
        N_("The key does not open with this passphrase."),
        N_("Check the keyboard layout and Caps Lock, and type it again."),
    ),
    Code.KEY_UNREADABLE: (
        N_("This is not a key file that pollstation made."),
        N_("Choose committee-key.pem as it was made."),
    ),
    Code.KEY_OF_OTHER_CERTIFICATE: (
        N_("The key and the root certificate do not belong together."),
        N_("Choose the two files that were made at the same time."),
    ),
    Code.KEY_EXISTS: (
        N_("There is already a key or a root certificate, and it was left as it is: {file}."),
        N_("Choose another folder. A key that is lost cannot be made again."),
    ),
    Code.KEY_PASSPHRASE_SHORT: (
        N_("The passphrase is shorter than {minimum} characters."),
        N_("Choose a longer one: four words are easy to remember."),
    ),
    Code.CERTIFICATE_UNREADABLE: (
        N_("This is not a certificate that can be read: {file}."),
        N_("Choose the root certificate that the election committee gave out (committee-root.pem)."),
    ),
    Code.CERTIFICATE_NO_ROOT: (
        N_("This is a certificate, and not the root of an election committee: {file}."),
        N_("Choose the root certificate that the election committee gave out (committee-root.pem)."),
    ),
}
