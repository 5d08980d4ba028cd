// Reasons to refuse, by kind of case: what is stored is their words, so that the person reads a sentence and not a code.
const PHOTO = ["blurred", "incomplete", "reflections"] as const;
const PAPER = ["expired", "not_same", "not_sealed"] as const;

export const REFUSALS: Record<string, readonly string[]> = {
  person_face: [...PHOTO, "face_differs", "no_document", "retouched"],
  person_document: [...PHOTO, "expired", "not_same", "kind_wrong", "back_missing"],
  unit_registration: [...PHOTO, ...PAPER, "not_in_register", "authority_missing"],
  unit_foreign: [...PHOTO, ...PAPER, "authority_missing"],
  unit_deposit: ["bank_unknown", "account_not_units", "not_same"],
  unit_change: [...PHOTO, ...PAPER, "not_in_register"],
  unit_takeover: [...PHOTO, ...PAPER, "authority_missing"],
  person_recovery: [...PHOTO, "face_differs", "not_same", "retouched"],
  unit_outsider: [...PHOTO, ...PAPER, "authority_missing"],
};

/** Why a case is opened in clear. */
export const OPENINGS = ["review", "second_look", "service"] as const;
