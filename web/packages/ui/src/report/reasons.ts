// Why a signature is not simply valid, in the words of the reader: wherever a report is shown, the same sentences.
export interface Line {
  key: string;
  params?: Record<string, string | number>;
}

/** Codes that the catalogue has a sentence for; others are told in the server's own words. */
export const KNOWN_CODES = [
  "malformed",
  "kind_unsupported",
  "algorithm_unsupported",
  "content_changed",
  "no_handler",
  "certificate_not_named",
  "time_claimed",
  "time_unknown",
  "time_stamp_untrusted",
  "no_roots",
  "not_for_signing",
  "signer_untrusted",
  "not_a_revision",
  "changed_later",
  "changes_unknown",
  "signature_wrong",
  "signer_missing",
  "digests_disagree",
  "algorithm_weak",
  "too_much_work",
  "limits",
  "revoked_since",
  "appended",
  "page_changed",
  "pages_changed",
  "catalog_changed",
  "form_changed",
  "object_removed",
  "field_added",
  "field_changed",
  "field_hidden",
  "field_locked",
  "field_removed",
  "signature_changed",
  "signature_reused",
  "sneaky_signature",
  "unsigned_appearance",
  "action_added",
  "annotation_added",
  "appearance_changed",
  "docmdp_violated",
  "store_changed",
] as const;

/** Why, each sentence once: the catalogue's where it has one, else those of the program that judged. */
export function reasons(it: { codes: string[]; reasons: string[] }): Line[] {
  const lines = it.codes.map((code, index): Line => {
    const known = (KNOWN_CODES as readonly string[]).includes(code);
    return known ? { key: `reason.${code}` } : { key: "reason.other", params: { text: it.reasons[index] ?? code } };
  });
  return lines.filter((line, index) => lines.findIndex((other) => other.key === line.key && other.params?.["text"] === line.params?.["text"]) === index);
}
