import { expect, test } from "vitest";
import { decodeXmlText } from "../../templates/runtime/encoding.js";
import { bytesOf, fetchOf, rawAnswer, type Answer } from "../../templates/runtime/webex/mock-answer.js";

test.each([
  ["UTF-8", "<?xml version='1.0' encoding='UTF-8'?><a>é 太 😀</a>"],
  ["UTF-16", "<?xml version='1.0' encoding='UTF-16'?><a>é 太 😀</a>"],
  ["ISO-8859-1", "<?xml version='1.0' encoding='ISO-8859-1'?><a>é &#22826; &#128512;</a>"],
] as const)("in %s no character is lost", (encoding, read) => {
  const answer: Answer = {
    status: 200,
    text: `<?xml version='1.0' encoding='${encoding}'?><a>é 太 😀</a>`,
    contentType: "text/xml",
    encoding,
    latency: 0,
    decisions: [],
  };
  expect(decodeXmlText(bytesOf(answer), undefined)).toBe(read);
});

test.each([204, 205, 304])("an answer with HTTP %i has no body, as from a network", async (status) => {
  const page: Answer = {
    status,
    text: "<html/>",
    contentType: "text/html",
    encoding: "UTF-8",
    latency: 0,
    decisions: [],
  };
  for (const answer of [page, rawAnswer({ status, body: "dropped" }, [])]) {
    const response = await fetchOf(() => Promise.resolve(answer))("https://example.com/", { body: "<a/>" });
    expect(response.status).toBe(status);
    expect(await response.text()).toBe("");
  }
});
