/** Reads who was authenticated, and what is said about them. */
import { saml, samlp } from "../saml/index.js";
import { decode, type XmlContent } from "../runtime/index.js";

function text(value: XmlContent | null): string {
  return (value?.children ?? [])
    .map((child) => (typeof child === "string" ? child : `<${child.name}>`))
    .join("");
}

export function run(xml: string): readonly string[] {
  const response = decode(samlp.responseElement, xml);
  const lines = [
    `${response["@IssueInstant"]} ${response.Status.StatusCode["@Value"].split(":").at(-1) ?? ""}`,
  ];
  lines.push(
    `signed with ${response.Signature?.SignedInfo.SignatureMethod["@Algorithm"].split("#").at(-1) ?? "nothing"}`,
  );
  for (const item of response.$content ?? []) {
    if (item.$name !== "Assertion") continue;
    const assertion: saml.AssertionType = item.$value;
    if (assertion.Conditions !== undefined)
      lines.push(assertion.Conditions.$content?.map(({ $name }) => $name).join(" ") ?? "");
    for (const statement of assertion.$content ?? []) {
      if (statement.$name !== "AttributeStatement") continue;
      for (const { $name, $value } of statement.$value.$content)
        if ($name === "Attribute")
          lines.push(
            `${$value["@FriendlyName"] ?? $value["@Name"]}: ${$value.AttributeValue?.map(text).join(" | ") ?? ""}`,
          );
    }
  }
  return lines;
}
