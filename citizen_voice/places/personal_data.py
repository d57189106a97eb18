"""Wards are not about anybody."""

from citizen_voice.register import declare

declare("wards", plain=("id", "code", "name_en", "name_cy", "retired_at"))
