import { expect, test } from "vitest";
import { endpointOf } from "../../templates/runtime/webex/endpoint.js";
import { WebexConfigurationError } from "../../templates/runtime/webex/errors.js";

test.each([
  [{ siteName: "example" }, "https://example.webex.com/WBXService/XMLService"],
  [{ siteName: "Ex-1" }, "https://Ex-1.webex.com/WBXService/XMLService"],
  [{ url: "https://api.webex.com/WBXService/XMLService" }, "https://api.webex.com/WBXService/XMLService"],
  [
    { siteName: "example", url: "http://127.0.0.1:8080/WBXService/XMLService" },
    "http://127.0.0.1:8080/WBXService/XMLService",
  ],
  [{ url: "http://[::1]:1/x" }, "http://[::1]:1/x"],
])("%j goes to %s", (site, url) => {
  expect(endpointOf(site)).toBe(url);
});

test.each([
  [{}, /siteName or url/u],
  [{ siteName: "" }, /not a site name/u],
  [{ siteName: "example.webex.com" }, /did you mean "example"/u],
  [{ siteName: "https://example.webex.com/x" }, /did you mean "example"/u],
  [{ siteName: "evil.com/" }, /not a site name/u],
  [{ siteName: "evil.com#" }, /not a site name/u],
  [{ siteName: "a@b" }, /not a site name/u],
  [{ url: "/relative" }, /absolute/u],
  [{ url: "http://example.webex.com/WBXService/XMLService" }, /HTTPS only/u],
  [{ url: "http://127.0.0.1.evil.com/" }, /HTTPS only/u],
  [{ url: "ftp://localhost/" }, /HTTPS only/u],
  [{ url: "https://user:secret@example.webex.com/" }, /must not hold credentials/u],
  [
    { url: "https://example.webex.com/WBXService/xml10.0.0/XMLService" },
    /retired.*https:\/\/example\.webex\.com\/WBXService\/XMLService instead/u,
  ],
  [{ url: "https://example.webex.com/WBXService/XML10.0.0" }, /retired/u],
  [{ url: "https://example.webex.com/WBXService/xml9.0.0/XMLService" }, /XML API 9\.0\.0 is retired/u],
])("%j is refused", (site, message) => {
  expect(() => endpointOf(site)).toThrow(WebexConfigurationError);
  expect(() => endpointOf(site)).toThrow(message);
});

test("what is refused does not repeat a secret", () => {
  try {
    endpointOf({ url: "https://user:secret@example.webex.com/" });
  } catch (error) {
    expect(String(error)).not.toContain("secret");
  }
});
