/** Words that a generated identifier must not be. */

/** Reserved words of ECMAScript modules and the words TypeScript does not take as a type or variable name. */
const keywords = [
  "abstract any arguments as asserts assert async await bigint boolean break case catch class const constructor continue",
  "debugger declare default delete do else enum eval export extends false finally for from function get global if",
  "implements import in infer instanceof interface intrinsic is keyof let module namespace never new null number object",
  "of out override package private protected public readonly require return satisfies set static string super switch",
  "symbol this throw true try type typeof undefined unique unknown using var void while with yield accessor defer",
];

/** Globals that the generated code, or code beside it, means when it says their name. */
const globals = [
  "AbortSignal Array ArrayBuffer Atomics BigInt Boolean Buffer Capitalize DataView Date Error Exclude Extract Float32Array",
  "Float64Array Function Infinity Int8Array Int16Array Int32Array Intl Iterable Iterator JSON Map Math NaN Number Object",
  "Omit Parameters Partial Pick Promise Proxy Readonly ReadonlyArray Record Reflect RegExp Request Required Response",
  "ReturnType Set String Symbol Uint8Array Uint16Array Uint32Array URL WeakMap WeakSet globalThis __proto__ process",
];

const words = (lines: readonly string[]): ReadonlySet<string> => new Set(lines.join(" ").split(" "));

const keywordSet = words(keywords);
const reservedSet = words([...keywords, ...globals]);

/** Whether `name` cannot be declared or imported by this name. */
export function isKeyword(name: string): boolean {
  return keywordSet.has(name);
}

/** Whether a generated type, constant or operation should have another name: a keyword, or a global it would hide. */
export function isReserved(name: string): boolean {
  return reservedSet.has(name);
}

/** What an `index.ts` exports beside modules, and `codecs.ts` declares beside those that it imports. */
const indexNames = words(["release createClient isApiError operations useCodecs setCodec"]);

/** Whether a module cannot be passed on by this name. */
export function isIndexName(name: string): boolean {
  return indexNames.has(name);
}

/** Files of a release that are not modules of a namespace, and names that Windows keeps for devices (any case). */
const files = new Set(
  [
    "index client operations codecs runtime readme package tsconfig api",
    "con prn aux nul com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9",
  ]
    .join(" ")
    .split(" "),
);

/** Whether a module cannot have this file name. */
export function isReservedFile(name: string): boolean {
  return files.has(name.toLowerCase());
}
