/** A small family of releases, read and reported on as `generate` does it. */
import { createReport } from "../../generator/diagnostics.js";
import type { DiffResult } from "../../generator/diff/index.js";
import { diffReleases } from "../../generator/diff/index.js";
import { makeSite, type ReportedSchema, type Site, type SiteInput } from "../../generator/family-reports.js";
import { noCache, type Cache } from "../../generator/output/cache.js";
import { pageContext } from "../../generator/page-context.js";
import { readSchema } from "../../generator/read-schema.js";
import { createProfile } from "../../generator/profile.js";
import { readReleaseNotes } from "../../generator/release/notes.js";
import type { Notes, ReleaseNotes } from "../../generator/release/types.js";
import type { ReportInput } from "../../generator/report/source.js";
import { renderReleasePage } from "../../generator/report/release-page.js";

/** A release id, its one schema, and its `release.yaml`. */
export interface SmallRelease {
  readonly id: string;
  readonly schema: string;
  readonly notes?: string;
}

export async function readText(id: string, schema: string): Promise<ReportedSchema> {
  const report = createReport();
  const files = new Map([["schema.xsd", new TextEncoder().encode(schema)]]);
  const read = await readSchema({ location: `memory/${id}`, release: id, entry: [], files } as never, report);
  if (read === undefined) throw new Error(JSON.stringify(report.diagnostics));
  return read;
}

function readNotes(id: string, text: string): ReleaseNotes {
  const report = createReport();
  const notes = readReleaseNotes({ path: `${id}/release.yaml`, text }, report, id);
  if (notes === undefined) throw new Error(JSON.stringify(report.diagnostics));
  return notes;
}

export async function siteOf(
  releases: readonly SmallRelease[],
  store: Cache = noCache,
  keys: readonly string[] = [],
  scalars: SiteInput["options"]["scalars"] = [],
): Promise<Site> {
  const notes: Notes = {
    releases: releases.flatMap(({ id, notes }) => (notes === undefined ? [] : [readNotes(id, notes)])),
  };
  const site = await makeSite({
    family: "small",
    options: { scalars, only: [] },
    notes: () => Promise.resolve(notes),
    store,
    profile: createProfile(),
    releases: releases.map(({ id, schema }, index) => ({
      release: id,
      key: keys[index],
      read: () => readText(id, schema),
    })),
  });
  if (site === undefined) throw new Error("the family cannot be read");
  return site;
}

/** Two schemas compared, as an input of every report; with notes where the newer one has some. */
export async function inputOf(
  older: SmallRelease,
  newer: SmallRelease,
  others: readonly SmallRelease[] = [],
): Promise<{ readonly input: ReportInput; readonly result: DiffResult; readonly page: string }> {
  const [before, after] = [await readText(older.id, older.schema), await readText(newer.id, newer.schema)];
  const side = ({ model, service }: ReportedSchema) => ({
    model,
    operations: service?.operations ?? [],
    slots: service?.slots ?? [],
  });
  const notes = newer.notes === undefined ? undefined : readNotes(newer.id, newer.notes);
  const further = await Promise.all(others.map(({ id, schema }) => readText(id, schema)));
  const result = diffReleases(side(before), side(after), {
    policy: { preset: "source" },
    ...(notes && { notes: [notes] }),
    ...(further.length > 0 && { others: further.map(side) }),
  });
  const input: ReportInput = {
    result,
    texts: { old: before.texts, new: after.texts },
    paths: { old: (file) => `${older.id}/${file}`, new: (file) => `${newer.id}/${file}` },
    reconstructed: false,
    ...(notes?.summary !== undefined && { notes: [notes.summary] }),
    show: () => true,
  };
  const page = renderReleasePage(input, {
    ...pageContext(before, after, input),
    ...(notes && { notes }),
  });
  return { input, result, page };
}

const schema = (body: string): string => `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:s="urn:shop" targetNamespace="urn:shop" elementFormDefault="qualified">
${body}
</xs:schema>
`;

const order = (members: string): string => `  <xs:element name="order" type="s:Order"/>
  <xs:complexType name="Order">
    <xs:annotation><xs:documentation>What a customer wants.</xs:documentation></xs:annotation>
    <xs:sequence>
${members}
    </xs:sequence>
  </xs:complexType>`;

const state = (...values: readonly string[]): string => `  <xs:simpleType name="State">
    <xs:restriction base="xs:string">
${values.map((value) => `      <xs:enumeration value="${value}"/>`).join("\n")}
    </xs:restriction>
  </xs:simpleType>`;

const member = (name: string, rest = 'type="xs:string"'): string =>
  `      <xs:element name="${name}" ${rest}/>`;

const yaml = (id: string, rest: string): string => `release: "${id}"
title: Release ${id} of the shop
summary: What ${id} brought.
sources:
  - title: Notes
    url: https://example.com/notes
reconstructed: true
download: offered
schema: changed
${rest}`;

/** Four releases: an addition, a break with a rename and an enumeration value, nothing. */
export const shop: readonly SmallRelease[] = [
  {
    id: "1.0",
    schema: schema(`${order([member("id"), member("note", 'type="xs:string" minOccurs="0"')].join("\n"))}
${state("OPEN", "SHIPPED")}`),
    notes: yaml("1.0", ""),
  },
  {
    id: "1.1",
    schema: schema(`${order(
      [
        member("id"),
        member("note", 'type="xs:string" minOccurs="0"'),
        member("gift", 'type="xs:boolean" minOccurs="0"'),
        member("state", 'type="s:State" minOccurs="0"'),
      ].join("\n"),
    )}
${state("OPEN", "SHIPPED")}`),
    notes: yaml(
      "1.1",
      `behaviour:
  - operations: "*"
    text: Orders of a gift are wrapped.
    when:
      - setting: WrapGifts
exceptions:
  - code: "000042"
    operations: "*"
    reason: No paper
    meaning: There is no paper to wrap a gift in.
`,
    ),
  },
  {
    id: "2.0",
    schema: schema(`${order(
      [
        member("id", 'type="xs:int"'),
        member("gift", 'type="xs:boolean" minOccurs="0"'),
        member("state", 'type="s:State" minOccurs="0"'),
        member("customer"),
      ].join("\n"),
    )}
${state("OPEN", "SHIPPED", "LOST")}`),
    notes: yaml("2.0", ""),
  },
  {
    id: "2.1",
    schema: schema(`${order(
      [
        member("id", 'type="xs:int"'),
        member("gift", 'type="xs:boolean" minOccurs="0"'),
        member("state", 'type="s:State" minOccurs="0"'),
        member("customer"),
      ].join("\n"),
    )}
${state("OPEN", "SHIPPED", "LOST")}`),
    notes: yaml("2.1", "").replace("schema: changed", "schema: unchanged"),
  },
];
