import { describe, expect, it } from "vitest";
import { kindsOf } from "../src/features/identity/useDocument";
import { screenOf, type Progress } from "../src/features/identity/useProgress";

const fresh: Progress = {
  version: 0, verified: false, missing_evidence: ["identity_two_factor", "id_card", "face"], nationality: null, id_number_masked: null,
  face_failures: 0, face_review_offered: false, face_review: null, document_review: null,
};
const review = (state: string) => ({ review: { case_id: "1", state, opened_at_us: 0, reason: null }, nationality: "HK", name: null, document_kind: null, document_number: null });

describe("[IDV-1] the next thing to do", () => {
  const check = (progress: Partial<Progress>, wished: string, screen: string) => expect(screenOf({ ...fresh, ...progress }, wished)).toBe(screen);

  it("resumes where one was, and asks for nothing twice", () => {
    check({}, "CN", "name");
    check({ nationality: "CN", missing_evidence: ["id_card", "face"] }, "CN", "card");
    check({ nationality: "CN", missing_evidence: ["face"] }, "CN", "face");
    check({ nationality: "CN", missing_evidence: [], verified: true }, "CN", "done");
  });

  it("[IDV-3] is another one for people from elsewhere", () => {
    check({}, "HK", "document");
    check({ document_review: review("open") }, "HK", "document_waits");
    check({ document_review: review("refused") }, "HK", "document");
    // What was refused as one thing may be tried as the other.
    check({ document_review: review("refused") }, "CN", "name");
    expect(kindsOf("HK")[0]).toBe("home_return_permit");
    expect(kindsOf("US")).toEqual(["passport", "permanent_residence"]);
  });
});
