import type { XmlElement } from "libxml2-wasm";
import { expect, test } from "vitest";
import { attribute, elements } from "./bundle.js";
import {
  bundle,
  component,
  content,
  declarePrefixes,
  namespaces,
  operation,
  present,
  read,
  samples,
  textOf,
  typeOf,
  type Declaration,
} from "./samples.js";
import { compile, complaints } from "./validator.js";

/** What samples carry and the interface does not have: mistakes of clients, and one of the notes. */
const mistakes: Readonly<Record<string, string>> = {
  "securityContext/siteId": "a client's spelling of siteID",
  "createMeeting/schedule/timezoneID": "a client's spelling of timeZoneID",
  "setMeeting/meetingKey": "a client's spelling of meetingkey",
  "createTeleconferenceSession/accessControl/listStatus": "a field of other services",
  "createTeleconferenceSession/accessControl/registration": "a field of other services",
  "lstrecordaccessDetailHistory/recondID": "the notes' spelling of recordID",
};

/** The paths below an element that its type does not know; a prefixed element must also be in the right namespace. */
function unknown(element: XmlElement, type: Declaration, path: string): string[] {
  const allowed = content(type);
  return elements(element).flatMap((child) => {
    const here = `${path}/${child.name}`;
    const declaration = allowed.get(child.name);
    if (!declaration) return [here];
    if (child.namespaceUri !== "" && namespaces.get(child.namespaceUri) !== declaration.prefix)
      return [`${here} in ${child.namespaceUri}`];
    const inner = typeOf(declaration);
    if (inner) return unknown(child, inner, here);
    return elements(child).map((each) => `${here}/${each.name}`);
  });
}

test.runIf(present).each(samples)("the schemas know every element of %s", (name) => {
  const found: string[] = [];
  for (const part of elements(read(name)))
    for (const child of elements(part)) {
      if (child.name === "bodyContent") {
        const type = operation(child);
        expect(type !== undefined || child.attrs.length === 0, "the operation is known").toBe(true);
        if (type) found.push(...unknown(child, type, attribute(type.element, "name") ?? ""));
      } else {
        const type = component(child.name === "response" ? "serv:responseType" : "serv:securityContextType");
        found.push(...unknown(child, type as Declaration, child.name));
      }
    }
  expect(found.filter((path) => !(path in mistakes))).toEqual([]);
});

test.runIf(present)("whole responses of real sites are valid", () => {
  using validator = compile(bundle);
  const whole = samples.filter((name) => name.startsWith("resp-"));
  expect(whole.length).toBeGreaterThan(0);
  for (const name of whole) expect(complaints(validator, declarePrefixes(textOf(name))), name).toEqual([]);
});
