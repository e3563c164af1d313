/** What says nothing about meaning: files, versions, imports and includes. Who keeps the bundle wants to know nevertheless. */
import type { FileInfo, FileReference, Model } from "../model/types.js";
import { valueSides } from "./place.js";
import type { Comparison, Place } from "./place.js";

function placeOf(path: string): Place {
  return { component: { ns: "", type: path, path: [], kind: "file" }, key: `file:${path}` };
}

/** Reports files that came, went, or moved. */
export function compareFiles({ before, after, add }: Comparison): void {
  const old = new Map(before.files.map(({ path, digest }) => [path, digest]));
  const current = new Map(after.files.map(({ path, digest }) => [path, digest]));
  // A schema of one file may be called anything.
  if (old.size === 1 && current.size === 1) return;
  const gone = [...old].filter(([path]) => !current.has(path));
  const come = [...current].filter(([path]) => !old.has(path));
  const moved = new Map<string, string>();
  /** Pairs each file that came with the one that went and is most like it. */
  const pair = (
    likeness: (was: readonly [string, string], is: readonly [string, string]) => number,
  ): void => {
    const candidates = gone.flatMap((was) =>
      come.map((is) => ({ was: was[0], is: is[0], score: likeness(was, is) })),
    );
    candidates.sort((a, b) => b.score - a.score);
    const used = new Set(moved.values());
    for (const { was, is, score } of candidates) {
      if (score < 0.5 || moved.has(is) || used.has(was)) continue;
      moved.set(is, was);
      used.add(was);
    }
  };
  if (gone.length > 0 && come.length > 0) {
    pair(([, was], [, is]) => (was === is ? 1 : 0));
    const [were, are] = [declaredIn(before), declaredIn(after)];
    pair(([was], [is]) => share(were.get(was), are.get(is)));
  }
  for (const [path] of come) {
    const former = moved.get(path);
    if (former === undefined) add("file.added", placeOf(path), { new: { value: path } });
    else add("file.moved", placeOf(path), valueSides(former, path));
  }
  const found = new Set(moved.values());
  for (const [path] of gone) {
    if (!found.has(path)) add("file.removed", placeOf(path), { old: { value: path } });
  }
}

/** The ids of what each file declares. */
function declaredIn(model: Model): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = new Map<string, Set<string>>();
  const { types, elements, attributes, groups, attributeGroups } = model;
  [types, elements, attributes, groups, attributeGroups].forEach((record, kind) => {
    for (const [id, { span }] of Object.entries(record)) {
      const list = ids.get(span.file);
      if (list === undefined) ids.set(span.file, new Set([`${kind}${id}`]));
      else list.add(`${kind}${id}`);
    }
  });
  return ids;
}

/** Which share of two sets they have in common. */
function share(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): number {
  const common = [...a].filter((id) => b.has(id)).length;
  return common / Math.max(1, a.size + b.size - common);
}

/** Reports namespaces whose documents have other versions: whichever of its files says so. */
export function compareVersions({ before, after, add }: Comparison): void {
  for (const { uri } of after.namespaces) {
    if (before.namespaces.every((each) => each.uri !== uri)) continue;
    const [old, current] = [versionsOf(before, uri), versionsOf(after, uri)];
    const [was, is] = [old, current].map((files) =>
      [...new Set(files.map(({ text }) => text))].sort().join(" "),
    );
    if (was === is) continue;
    const [oldSpan, newSpan] = [old[0]?.span, current[0]?.span];
    const place: Place = {
      component: { ns: uri, type: "", path: [], kind: "namespace" },
      key: `{${uri}}`,
      ...(oldSpan && { oldSpan }),
      ...(newSpan && { newSpan }),
    };
    add("schema.version.changed", place, {
      ...(was && { old: { value: was } }),
      ...(is && { new: { value: is } }),
    });
  }
}

function versionsOf(model: Model, uri: string): readonly NonNullable<FileInfo["version"]>[] {
  const own = new Set(model.namespaces.find((each) => each.uri === uri)?.files);
  return model.files.flatMap(({ path, version }) =>
    version === undefined || !own.has(path) ? [] : [version],
  );
}

/** Reports imports, includes and their locations in files that are on both sides. */
export function compareReferences({ before, after, add }: Comparison): void {
  const single = before.files.length === 1 && after.files.length === 1;
  for (const file of after.files) {
    const former = single ? before.files[0] : before.files.find(({ path }) => path === file.path);
    if (former === undefined || former.digest === file.digest) continue;
    const gone = [...(former.references ?? [])];
    /** Takes the first that fits out of those that are gone. */
    const take = (fits: (each: FileReference) => boolean): FileReference | undefined => {
      const index = gone.findIndex(fits);
      return index < 0 ? undefined : gone.splice(index, 1)[0];
    };
    const come = (file.references ?? []).filter(
      (now) => take((was) => isAlike(was, now) && was.location === now.location) === undefined,
    );
    for (const now of come) {
      const was = take((each) => isAlike(each, now));
      const place = { ...placeOf(file.path), newSpan: now.span };
      if (was === undefined) add(`schema.${now.kind}.added`, place, valueSides(undefined, nameOf(now)));
      else {
        add(
          "schema.location.changed",
          { ...place, oldSpan: was.span },
          valueSides(was.location, now.location),
        );
      }
    }
    for (const was of gone) {
      const place = { ...placeOf(file.path), oldSpan: was.span };
      add(`schema.${was.kind}.removed`, place, valueSides(nameOf(was), undefined));
    }
  }
}

/** Whether two references mean the same: imports of one namespace, includes of files of one name. */
function isAlike(a: FileReference, b: FileReference): boolean {
  const fileName = ({ location = "" }: FileReference): string =>
    location.slice(location.lastIndexOf("/") + 1);
  return (
    a.kind === b.kind && (a.kind === "import" ? a.namespace === b.namespace : fileName(a) === fileName(b))
  );
}

function nameOf({ namespace, location }: FileReference): string {
  return namespace === undefined || namespace === "" ? (location ?? "") : namespace;
}
