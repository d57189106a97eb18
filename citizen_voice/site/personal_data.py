"""The site's settings hold nothing about residents."""

from citizen_voice.register import declare
from citizen_voice.site import controller as _controller  # noqa: F401  # its table

declare(
    "site_settings",
    plain=(
        "id",
        "name_en",
        "name_cy",
        "council_en",
        "council_cy",
        "tagline_en",
        "tagline_cy",
        "contact_email",
        "contact_phone",
        "contact_address_en",
        "contact_address_cy",
        "brand_colour",
        "link_colour",
        "welsh_on",
        "footer_en",
        "footer_cy",
        "logo",
        "groups_on",
        "groups_dpia",
        "managers_told",
        "revision",
        "fair_offset",
        "fair_top",
        "fair_day",
    ),
)

declare(
    "site_images",
    plain=("digest", "kind", "content", "width", "height", "alt_en", "alt_cy", "added_at"),
)
declare("site_pages", plain=("key", "body_en", "body_cy", "changed_at"))
declare(
    "controller_details",
    plain=(  # the office as it is published, whoever holds it
        "id",
        "name_en",
        "name_cy",
        "address_en",
        "address_cy",
        "contact",
        "dpo_name",
        "dpo_contact",
        "ico_number",
    ),
)
