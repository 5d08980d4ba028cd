import { describe, expect, it } from "vitest";
import { groupShortCode, judgeText, tidyShortCode } from "../../src/features/scan/code";

describe("short code", () => {
  it("forgives case, spaces, dashes, full-width forms and letters that look like digits", () => {
    expect(tidyShortCode("ab3d-9xyz")).toBe("AB3D9XYZ");
    expect(tidyShortCode(" oil0 lI1O ")).toBe("01101110");
    expect(tidyShortCode("ＡＢ３Ｄ　９ＸＹＺ")).toBe("AB3D9XYZ");
  });
  it("keeps nothing that is not in the alphabet, and eight characters at most", () => {
    expect(tidyShortCode("U!中AB")).toBe("AB");
    expect(tidyShortCode("0123456789")).toBe("01234567");
    expect(tidyShortCode("9".repeat(100_000))).toBe("99999999");
  });
  it("is shown in two groups, also while it is typed", () => {
    expect([groupShortCode("AB3"), groupShortCode("AB3D"), groupShortCode("AB3D9"), groupShortCode("AB3D9XYZ")]).toEqual(["AB3", "AB3D", "AB3D 9", "AB3D 9XYZ"]);
  });
});

describe("[SCAN-2] what the camera read", () => {
  const origin = "http://localhost:8601";
  const code = "AAAAAAAAAAAAAAAAAAAAAA";
  const codeOf = (text: string) => (text === `${origin}/s/${code}` ? code : null);
  const judge = (text: string) => judgeText(text, codeOf, origin);

  it("takes a code of this server", () => expect(judge(` ${origin}/s/${code}\n`)).toEqual({ is: "ours", code }));
  it("tells a broken code of this server from others", () => {
    expect(judge(`${origin}/s/short`)).toEqual({ is: "malformed" });
    expect(judge(`${origin}/me`)).toEqual({ is: "malformed" });
  });
  it("names the host of a code that another server made", () => {
    expect(judge(`https://evil.example/s/${code}`)).toEqual({ is: "foreign", host: "evil.example" });
    expect(judge(`http://localhost.evil.example:8601/s/${code}`)).toMatchObject({ is: "foreign" });
    expect(judge(`http://localhost:8601@evil.example/s/${code}`)).toEqual({ is: "foreign", host: "evil.example" });
  });
  it("leaves everything else alone", () => {
    for (const text of ["", "hello", "https://example.com/", "javascript:alert(1)", `ftp://x/s/${code}`, "x".repeat(5000)]) expect(judge(text)).toEqual({ is: "other" });
  });
});
