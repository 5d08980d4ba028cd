#!/usr/bin/env python3
"""Judges the long life of a PDF by pyHanko 0.38: pyhanko_longterm.py FILE TIME ROOT.pem...

Validates every signature after ETSI EN 319 102-1 5.6.3 (signatures with archival data) as of TIME (seconds since 1970),
with nothing but what is in the file and the given roots: nothing is fetched, and revocation information is required for
every certificate. pyHanko implements that for signatures with a time stamp of their own; others are validated at the time
of the first document time stamp over them. Prints one JSON object per signature. Exit 0 only when there is a signature
and all pass; 1 when not; 2 when the file cannot be read.
"""
import asyncio
import json
import logging
import sys
from datetime import datetime, timezone

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager


def specification(roots):
    return PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=CertValidationPolicySpec(
                trust_manager=SimpleTrustManager.build(trust_roots=roots),
                revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
            ),
            revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
        )
    )


def has_time_stamp(signature):
    attributes = signature.signer_info["unsigned_attrs"]
    return any(attribute["type"].native == "signature_time_stamp_token" for attribute in attributes)


def judge(signature, roots, at):
    return judge_archived(signature, roots, at) if has_time_stamp(signature) else judge_covered(signature, roots)


def judge_covered(signature, roots):
    stamps = [
        stamp.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
        for stamp in signature.reader.embedded_timestamp_signatures
        if stamp.signed_revision > signature.signed_revision
    ]
    store = DocumentSecurityStore.read_dss(signature.reader)
    settings = {"trust_roots": roots, "moment": min(stamps), "allow_fetching": False, "revocation_mode": "require"}
    status = validate_pdf_signature(signature, store.as_validation_context(settings))
    identifier = DocumentSecurityStore.sig_content_identifier(signature.pkcs7_content)
    return {
        "field": signature.field_name,
        "status": "PASSED" if status.bottom_line else "FAILED",
        "best_signature_time": int(min(stamps).timestamp()),
        "modification": status.modification_level.name,
        "vri": identifier in store.vri_entries,
    }


def judge_archived(signature, roots, at):
    timing = ValidationTimingInfo(validation_time=at, best_signature_time=at, point_in_time_validation=True)
    result = asyncio.run(ades_lta_validation(signature, specification(roots), timing_info=timing))
    signature.compute_integrity_info(diff_policy=DEFAULT_DIFF_POLICY)
    store = DocumentSecurityStore.read_dss(signature.reader)
    identifier = DocumentSecurityStore.sig_content_identifier(signature.pkcs7_content)
    level = signature.diff_result.modification_level if signature.diff_result is not None else None
    return {
        "field": signature.field_name,
        "status": result.ades_subindic.status.name,
        "indication": str(result.ades_subindic),
        "failure": result.failure_msg,
        "best_signature_time": int(result.best_signature_time.timestamp()),
        "modification": level.name if level is not None else None,
        "vri": identifier in store.vri_entries,
    }


def main(arguments):
    logging.disable(logging.CRITICAL)
    path, at = arguments[0], datetime.fromtimestamp(int(arguments[1]), tz=timezone.utc)
    roots = list(load_certs_from_pemder(arguments[2:]))
    with open(path, "rb") as file:
        try:
            reader = PdfFileReader(file, strict=True)
            if reader.encrypted:
                reader.decrypt("")
            signatures = reader.embedded_regular_signatures
        except Exception as error:  # whatever it is, the file is unreadable for pyHanko
            print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
            return 2
        good = bool(signatures)
        for signature in signatures:
            try:
                report = judge(signature, roots, at)
            except Exception as error:
                report = {"field": signature.field_name, "error": f"{type(error).__name__}: {error}"}
            print(json.dumps(report, ensure_ascii=False))
            good = good and report.get("status") == "PASSED" and report["modification"] in ("NONE", "LTA_UPDATES", "FORM_FILLING")
        return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
