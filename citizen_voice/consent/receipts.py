"""The receipt of a choice, with the field names of ISO/IEC TS 27560:2023.

The sections are those of the standard: the header, the processing, the parties, the events. A
JSON-LD context says which term of the W3C's Data Privacy Vocabulary each field is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from citizen_voice.consent import queries, wording
from citizen_voice.consent.models import EXPIRED, GIVEN, REFUSED, WITHDRAWN
from citizen_voice.db import AnyRow
from citizen_voice.site import controller
from citizen_voice.site import queries as site
from citizen_voice.web.filters import say
from citizen_voice.web.locale import PREFIX
from citizen_voice.words import _, language

SCHEMA = "ISO/IEC TS 27560:2023"
JURISDICTION = "loc:GB"
ABROAD = "dpv:ThirdCountry"
"""The vocabulary's term for any country but ours: a place is the officer's words, and no code."""
AUTHORITY = "https://ico.org.uk/"

EVENTS = {
    GIVEN: "dpv:ConsentGiven",
    WITHDRAWN: "dpv:ConsentWithdrawn",
    REFUSED: "dpv:ConsentRefused",
    EXPIRED: "dpv:ConsentExpired",
}
CONTEXT: dict[str, Any] = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "loc": "https://w3id.org/dpv/loc#",
    "gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "dct": "http://purl.org/dc/terms/",
    "schema_version": "dct:conformsTo",
    "receipt_id": "dct:identifier",
    "record_id": "dpv:hasIdentifier",
    "pii_principal_id": "dpv:hasDataSubject",
    "pii_processing": "dpv:hasProcess",
    "privacy_notice": {"@id": "dpv:hasNotice", "@type": "@id"},
    "language": "dct:language",
    "purposes": "dpv:hasProcess",
    "purpose": "dct:title",
    "purpose_type": {"@id": "dpv:hasPurpose", "@type": "@id"},
    "lawful_basis": {"@id": "dpv:hasLegalBasis", "@type": "@id"},
    "pii_information": "dpv:hasPersonalData",
    "pii_type": {"@id": "dpv:hasPersonalData", "@type": "@id"},
    "pii_attribute_id": "dct:identifier",
    "pii_optional": "dpv:hasNecessity",
    "sensitive_pii_category": "dpv:hasSensitivityLevel",
    "special_pii_category": "dpv:hasPersonalData",
    "pii_controllers": "dpv:hasDataController",
    "collection_method": "dpv:hasDataSource",
    "processing_method": {"@id": "dpv:hasProcessing", "@type": "@id"},
    "storage_locations": {"@id": "dpv:hasLocation", "@type": "@id"},
    "retention_period": "dpv:hasStorageCondition",
    "jurisdiction": {"@id": "dpv:hasJurisdiction", "@type": "@id"},
    "recipient_third_parties": "dpv:hasRecipient",
    "withdrawal_method": {"@id": "dpv:hasConsentControl", "@type": "@id"},
    "privacy_rights": {"@id": "dpv:hasRight", "@type": "@id"},
    "authority_party": "dpv:hasAuthority",
    "party_identification": "dpv:hasEntity",
    "party_id": "dct:identifier",
    "party_name": "dpv:hasName",
    "party_address": "dpv:hasAddress",
    "party_email": "dpv:hasContact",
    "party_url": {"@id": "dpv:hasContact", "@type": "@id"},
    "party_contact": "dpv:hasContact",
    "party_role": {"@id": "dpv:hasRole", "@type": "@id"},
    "party_type": "dct:type",
    "events": "dpv:hasConsentStatus",
    "event_time": "dct:date",
    "validity_duration": "dct:valid",
    "entity_id": "dpv:isIndicatedBy",
    "event_type": {"@id": "dpv:hasLegalBasis", "@type": "@id"},
    "event_state": {"@id": "dpv:hasConsentStatus", "@type": "@id"},
}
RIGHTS = (
    "gdpr:A7-3",
    "gdpr:A13",
    "gdpr:A15",
    "gdpr:A16",
    "gdpr:A17",
    "gdpr:A18",
    "gdpr:A20",
    "gdpr:A77",
)
UNTIL_WITHDRAWN = "until-withdrawn"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who works with the data for the council, where, and whether that is out of the country.

    ``transfer`` says what lets the data go there, or that it stays in the United Kingdom.
    """

    number: int
    name: str
    place: str
    abroad: bool
    transfer: Any

    @property
    def party(self) -> str:
        """What the receipt calls them."""
        return f"processor-{self.number}"


def receipt(
    entry: AnyRow, purpose: AnyRow, base: str, recipients: Sequence[Recipient] = ()
) -> dict[str, Any]:
    """The receipt of an entry of the ledger, as JSON has it, in the language at hand.

    ``purpose`` is the row of its purpose, ``base`` the site's address, ``recipients`` those who
    work with the data for that purpose now. No address of the reader's stands in it: they are named
    by their pseudonym.
    """
    council = _controller(base)
    here = base + (PREFIX if language() == "cy" else "")
    asked = wording.asked(entry.purpose)
    return {
        "@context": CONTEXT,
        "@type": "dpv:ConsentReceipt",
        "schema_version": SCHEMA,
        "receipt_id": f"{base}/my-data/receipts/{entry.number}",
        "record_id": entry.hash,
        "pii_principal_id": f"urn:uuid:{entry.subject}",
        "pii_processing": {
            "privacy_notice": _notice(entry, here),
            "language": entry.language,
            "purposes": [
                {
                    "purpose": str(asked.title),
                    "purpose_type": asked.aim,
                    "lawful_basis": "gdpr:A6-1-a",
                    "pii_information": [
                        {
                            "pii_type": term,
                            "pii_attribute_id": str(words),
                            "pii_optional": False,
                            "sensitive_pii_category": False,
                            "special_pii_category": False,
                        }
                        for words, term in asked.data
                    ],
                    "pii_controllers": ["controller"],
                    "collection_method": str(wording.SCREENS[entry.screen]),
                    "processing_method": "dpv:Use",
                    "storage_locations": _places(recipients),
                    "retention_period": _kept(purpose),
                    "jurisdiction": JURISDICTION,
                    "recipient_third_parties": [each.party for each in recipients],
                    "withdrawal_method": f"{here}/my-data/choices",
                    "privacy_rights": list(RIGHTS),
                    "authority_party": "authority",
                }
            ],
        },
        "party_identification": [
            council,
            _authority(),
            *(_processor(each, council["party_contact"]) for each in recipients),
        ],
        "events": [
            {
                "event_time": _moment(entry.at),
                "validity_duration": _lasts(entry),
                "entity_id": f"urn:uuid:{entry.subject}",
                "event_type": "dpv:ExplicitlyExpressedConsent",
                "event_state": EVENTS[entry.state],
            }
        ],
    }


def _notice(entry: AnyRow, here: str) -> str:
    if not entry.notice_version:
        return f"{here}/privacy"
    return f"{here}/privacy/notices/{queries.PRIVACY}/{entry.notice_version}"


def _places(recipients: Sequence[Recipient]) -> list[str]:
    """Where the data is: here, and abroad where somebody has it there."""
    abroad = any(each.abroad for each in recipients)
    return [JURISDICTION, ABROAD] if abroad else [JURISDICTION]


def _kept(purpose: AnyRow) -> str:
    """How long, as the register of purposes says it."""
    words = getattr(purpose, f"retention_{language()}", "") or getattr(purpose, "retention_en", "")
    return str(words or _("Until you take it back, or delete your account."))


def _lasts(entry: AnyRow) -> str:
    """How long the choice stands: an ISO 8601 duration, or until it is taken back."""
    lasts = queries.LASTS.get(entry.purpose)
    if entry.state != GIVEN or lasts is None:
        return UNTIL_WITHDRAWN
    return f"P{lasts.days}D"


def _moment(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _controller(base: str) -> dict[str, Any]:
    """The council, as the officer's screen of the controller says it; else as the site does."""
    details, settings = controller.details(), site.at_hand()
    name = details.name or say(settings, "council").text
    address = details.address or say(settings, "contact_address").text
    contact = details.contact or settings.contact_email or settings.contact_phone
    return {
        "party_id": "controller",
        "party_name": name or say(settings, "name").text,
        "party_address": address or base,
        "party_email": settings.contact_email or "",
        "party_url": base,
        "party_contact": details.dpo_contact or contact or base,
        "party_role": "dpv:DataController",
        "party_type": "public-authority",
    }


def _processor(recipient: Recipient, contact: str) -> dict[str, Any]:
    """A processor, who is reached through the council (UK GDPR Art 28(3)(e))."""
    return {
        "party_id": recipient.party,
        "party_name": recipient.name,
        "party_address": recipient.place,
        "party_contact": contact,
        "party_role": "dpv:DataProcessor",
        "party_type": "processor",
    }


def _authority() -> dict[str, Any]:
    """Where one complains (UK GDPR Art 77)."""
    return {
        "party_id": "authority",
        "party_name": str(_("Information Commissioner’s Office")),
        "party_address": "Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF",
        "party_url": AUTHORITY,
        "party_contact": AUTHORITY,
        "party_role": "dpv:DataProtectionAuthority",
        "party_type": "supervisory-authority",
    }
