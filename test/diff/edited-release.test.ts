/** A release as a vendor might bring it: many edits at once, one finding each, and what shows that they break. */
import { expect, test } from "vitest";
import { releasesOf } from "../../generator/witness/documents/releases.js";
import { findWitness, wantsWitness } from "../../generator/witness/documents/search.js";
import { diffReleases } from "../../generator/diff/index.js";
import { readBundle } from "../bundles/bundle.js";
import { compile, complaints } from "../bundles/validator.js";
import { lineOf } from "./schema.js";
import { readRelease } from "./webex.js";

const meeting = "service/meeting/meeting.xsd";
const user = "service/user/user.xsd";

/** What is edited, and the one finding that it must give. */
const edits: readonly (readonly [file: string, from: RegExp, to: string, finding: string])[] = [
  [
    meeting,
    /<xsd:element name="enableEvent"/u,
    '<xsd:element name="enableWhiteboard" type="xsd:boolean" minOccurs="0"/>$&',
    "element.added.optional enableOptionsType/enableWhiteboard widening",
  ],
  [
    meeting,
    /name="enableWebniar"/u,
    'name="enableWebinar"',
    "element.renamed.likely enableOptionsType/enableWebinar overlap",
  ],
  [
    meeting,
    /(name="delMeeting">[\s\S]*?name="meetingKey" type=")xsd:long/u,
    "$1xsd:string",
    "type.base.widened delMeeting/meetingKey widening",
  ],
  [
    meeting,
    /(name="delMeeting">[\s\S]*?<xsd:sequence>)/u,
    '$1<xsd:element name="reason" type="xsd:string"/>',
    "element.added.required delMeeting/reason disjoint",
  ],
  [
    meeting,
    /(name="meetingPassword"[\s\S]*?maxLength value=")16/u,
    "$132",
    "facet.maxLength.raised accessControlType/meetingPassword widening",
  ],
  [
    meeting,
    /(<xsd:element name="HDvideo"[\s\S]*?<\/xsd:element>)(\s*)(<xsd:element name="viewVideoThumbs"[\s\S]*?<\/xsd:element>)/u,
    "$3$2$1",
    "element.reordered.optional enableOptionsType/viewVideoThumbs overlap",
  ],
  [
    meeting,
    /(name="delMeetingResponse">[\s\S]*?)<\/xsd:sequence>/u,
    '$1<xsd:any namespace="##other" processContents="lax" minOccurs="0"/></xsd:sequence>',
    "wildcard.added delMeetingResponse/* widening",
  ],
  [
    user,
    /<xsd:enumeration value="TOLL_FREE"\/>/u,
    '$&<xsd:enumeration value="VOIP"/>',
    "enum.value.added nbrDialOutType/=VOIP widening",
  ],
  [user, /<xsd:enumeration value="TOLL"\/>/u, "", "enum.value.removed nbrDialOutType/=TOLL narrowing"],
  [
    user,
    /<xsd:enumeration value="STANDARD_OFFICE"\/>/u,
    '<xsd:enumeration value="STANDARD_OFFICES"/>',
    "enum.value.renamed.likely serviceType/=STANDARD_OFFICES overlap",
  ],
];

function edited(files: Map<string, string>): void {
  for (const [file, from, to] of edits) {
    const text = files.get(file) ?? "";
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`nothing in ${file} is like ${from.source}`);
    files.set(file, changed);
  }
}

test(
  "many edits of 41.12.0 are one finding each, and each break has its document",
  { timeout: 300_000 },
  async () => {
    const [before, after] = [await readRelease("41.12.0"), await readRelease("41.12.0", edited)];
    const result = diffReleases(before, after, { policy: { preset: "source" } });
    expect(result.changes.map(lineOf).sort()).toEqual(edits.map(([, , , finding]) => finding).sort());

    const files = readBundle("41.12.0");
    using old = compile(files);
    edited(files);
    using current = compile(files);
    const releases = releasesOf(result, before, after);
    for (const change of result.changes.filter(wantsWitness)) {
      const witness = findWitness(change, releases);
      if ("none" in witness) throw new Error(`${change.rule}: ${witness.none}`);
      const valid = [old, current].map((validator) => complaints(validator, witness.xml).length === 0);
      expect({ rule: change.rule, xml: witness.xml, valid }).toEqual({
        rule: change.rule,
        xml: witness.xml,
        valid: [witness.validIn === "old", witness.validIn === "new"],
      });
      // Bodies are those of operations, not whatever derives from the type of all bodies.
      expect(witness.xml).toMatch(
        /^<serv:message[\s\S]*<serv:bodyContent xsi:type="\w+:(?:\w+Meeting|\w+User)(?:Response)?"/u,
      );
    }
  },
);

test("a service whose namespace alone has another date is that namespace under another name, once", async () => {
  const [before, after] = [
    await readRelease("41.12.0"),
    await readRelease("41.12.0", (files) => {
      for (const [file, text] of files)
        files.set(file, text.replaceAll('/2002/06/service/user"', '/2026/01/service/user"'));
    }),
  ];
  const wire = ({ operations }: typeof before): readonly string[] =>
    operations.map(({ service, wireType }) => `${service} ${wireType}`);
  expect(wire(after)).toEqual(wire(before));
  const { changes } = diffReleases(before, after, { policy: { preset: "source" } });
  expect(changes.map(lineOf)).toEqual(["namespace.changed namespace: disjoint"]);
});

test("ids stay when unrelated things change", async () => {
  const idsOf = async (edit: (files: Map<string, string>) => void): Promise<ReadonlyMap<string, string>> => {
    const [before, after] = [await readRelease("41.12.0"), await readRelease("41.12.0", edit)];
    const { changes } = diffReleases(before, after, { policy: { preset: "source" } });
    return new Map(changes.map((change) => [lineOf(change), change.id]));
  };
  const all = await idsOf(edited);
  const [file, from, to, finding] = edits[3] ?? ["", /x/u, "", ""];
  const alone = await idsOf((files) => {
    files.set(
      file,
      `<!-- moved -->\n${(files.get(file) ?? "").replace(/^<\?xml[^>]*>\s*/u, "").replace(from, to)}`,
    );
  });
  expect(alone.get(finding)).toBe(all.get(finding));
});
