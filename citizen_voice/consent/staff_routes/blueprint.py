"""The blueprint of purposes, notices and the ledger, for the officer."""

from flask import Blueprint

bp = Blueprint("consent_staff", __name__)
