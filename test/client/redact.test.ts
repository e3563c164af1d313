import { inspect } from "node:util";
import { expect, test } from "vitest";
import {
  isSecretName,
  redactCause,
  redactText,
  redactXml,
  secretsIn,
} from "../../templates/runtime/webex/redact.js";

test.each([
  ["<password>p</password>", "<password>******</password>"],
  ["<use:password >p q</use:password >", "<use:password >******</use:password >"],
  ['<a:sessionTicket x="1">T&amp;T</a:sessionTicket>', '<a:sessionTicket x="1">******</a:sessionTicket>'],
  ["<password><![CDATA[a]]]]></password>", "<password>******</password>"],
  ["<password>x<![CDATA[<b>]]>y</password>", "<password>******</password>"],
  ["<sessionTicket>cut off", "<sessionTicket>******"],
  ["<meetingPassword>\n p \n</meetingPassword>", "<meetingPassword>******</meetingPassword>"],
  ["<PIN>6514</PIN><hostPIN>1</hostPIN>", "<PIN>******</PIN><hostPIN>******</hostPIN>"],
  ["<accessToken/>after", "<accessToken/>after"],
  ["<password></password>", "<password></password>"],
  ["<passwordReq>x</passwordReq>", "<passwordReq>x</passwordReq>"],
  [
    "<isEnforceAudioPassword>true</isEnforceAudioPassword>",
    "<isEnforceAudioPassword>true</isEnforceAudioPassword>",
  ],
  ["<webExId>ana</webExId>", "<webExId>ana</webExId>"],
])("%s", (xml, redacted) => {
  expect(redactXml(xml, [])).toBe(redacted);
});

test("values are blotted out wherever they stand and however they are written", () => {
  const secret = `a<b>&"c'`;
  const text = `raw ${secret} xml a&lt;b&gt;&amp;&quot;c&apos; half a&lt;b>&amp;"c' json a<b>&\\"c' url ${encodeURIComponent(secret)}`;
  const clean = redactText(text, [secret]);
  expect(clean.match(/\*{6}/gu)).toHaveLength(5);
  expect(clean).not.toMatch(/a<b|a&lt;|a%3C/u);
});

test.each([
  ["pä日 w", "p&#228;&#x65E5; w"],
  ["pä日 w", "p&auml;&#26085;&nbsp;w"],
  ["pä日 w", "p%C3%A4%e6%97%A5+w"],
  ["pä日 w", String.raw`p\u00e4\u65E5 w`],
  ["a/b=", String.raw`a\/b%3D`],
  ["a&b", "a&amp;amp;b"],
  ["a<b", "a%26lt%3Bb"],
  ["a\nb", String.raw`a\nb`],
  ["😀!", String.raw`\ud83d\ude00!`],
  ["😀!", "%F0%9F%98%80%21"],
  [String.raw`a\b`, String.raw`a\\b`],
])("%s written as %s", (secret, written) => {
  expect(redactText(`x${written}y`, [secret])).toBe("x******y");
});

test("what is not the secret stays", () => {
  const text = "abc a-c &amp; a%20b AB p&w";
  expect(redactText(text, ["ab", "b.c", "p.w!"])).toBe(text.replace("ab", "******"));
});

test("of two secrets, one within the other, nothing is left", () => {
  expect(redactText("abcdef", ["abc", "abcdef"])).toBe("******");
});

test("secrets of a request are found by name, deep and in lists", () => {
  expect(
    secretsIn({
      webExId: "ana",
      password: "p1",
      a: [{ hostPIN: "1234" }],
      tokens: "no",
      b: { accessToken: 5n },
    }),
  ).toEqual(["p1", "1234", "5"]);
});

test("names that open doors", () => {
  for (const name of [
    "password",
    "sessionTicket",
    "webExAccessToken",
    "clientSecret",
    "hostMeetingURL",
    "PIN",
  ])
    expect(isSecretName(name), name).toBe(true);
  for (const name of ["webExId", "passwordReq", "meetingKey", "recordingPasswordCriteria"])
    expect(isSecretName(name), name).toBe(false);
});

test("a cause without secrets is kept, one with secrets is replaced by its words", () => {
  const plain = new Error("refused", { cause: { code: "ECONNREFUSED" } });
  expect(redactCause(plain, ["s3cret"])).toBe(plain);
  const talkative = Object.assign(new TypeError("body was s3cret"), { config: { body: "<p>s3cret</p>" } });
  const kept = redactCause(talkative, ["s3cret"]);
  expect(inspect(kept, { depth: 9, showHidden: true })).not.toContain("s3cret");
  expect(kept).toMatchObject({ name: "TypeError", message: "body was ******" });
  const nested = new Error("outer", { cause: new Error("inner s3cret") });
  expect(inspect(redactCause(nested, ["s3cret"]), { depth: 9, showHidden: true })).not.toContain("s3cret");
});

test("blotting out takes time in proportion to the text", () => {
  const nasty = "<password>" + "<![CDATA[]".repeat(50_000);
  const started = performance.now();
  redactXml(nasty, []);
  redactXml("<".repeat(200_000), []);
  redactXml("<password " + "a".repeat(200_000), []);
  for (const text of ["&amp;", "%26amp%3B", "+", "\\u0026", "&", "%26", "&amp"])
    redactText(text.repeat(50_000), ["&&&&&&&&&&&&!", "+ + + + + + + +.", "x&", "&x"]);
  expect(performance.now() - started).toBeLessThan(20_000);
});
