/** Documents with surprises: changes to a tree that leave it well-formed, or nearly so, made from nothing but a seed. */

/** An element: name as written, attributes, and content, where `raw` goes out as it is. */
export interface Tree {
  name: string;
  attributes: [string, string][];
  content: (Tree | string | { readonly raw: string })[];
}

/** A number below the one given. */
export type Random = (below: number) => number;

/** The same numbers for the same seed (xorshift). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0 || 1;
  return (below) => {
    state = (state ^ (state << 13)) >>> 0;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    return below > 0 ? state % below : 0;
  };
}

const characters: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', "#13": "\r" };
const plain = (text: string): string =>
  text.replace(/&([^;]+);/g, (_, name: string) => characters[name] ?? "");

/** The tree of what `encode` writes. */
export function treeOf(xml: string): Tree {
  const top: Tree = { name: "", attributes: [], content: [] };
  const open = [top];
  for (const [whole, name, attributes = "", empty] of xml.matchAll(
    /<([^\s/>?!]+)([^>]*?)(\/?)>|<\/[^>]*>|[^<]+/g,
  )) {
    const around = open.at(-1) as Tree;
    if (whole.startsWith("</")) open.pop();
    else if (name === undefined) around.content.push(plain(whole));
    else {
      const found = [...attributes.matchAll(/([^\s=]+)="([^"]*)"/g)];
      const tree: Tree = {
        name,
        attributes: found.map(([, key = "", text = ""]) => [key, plain(text)]),
        content: [],
      };
      around.content.push(tree);
      if (empty === "") open.push(tree);
    }
  }
  return top.content.find(isTree) as Tree;
}

function isTree(part: Tree["content"][number]): part is Tree {
  return typeof part === "object" && "name" in part;
}

/** Every element of a tree, with the one around it. */
function elementsOf(tree: Tree): { readonly tree: Tree; readonly around: Tree | undefined }[] {
  const all: { tree: Tree; around: Tree | undefined }[] = [];
  const walk = (one: Tree, around?: Tree): void => {
    all.push({ tree: one, around });
    for (const part of one.content) if (isTree(part)) walk(part, one);
  };
  walk(tree);
  return all;
}

const escape = (text: string): string =>
  text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/\]\]>/g, "]]&gt;")
    .replace(/"/g, "&quot;")
    .replace(/\r/g, "&#13;");

/** The document, with white space in tags and between elements as the numbers have it. */
export function documentOf(tree: Tree, random: Random): string {
  const [indented, spaced, short] = [random(2) === 0, random(3) === 0, random(2) === 0];
  const space = (): string => (spaced ? (["", " ", "\n", "\t"][random(4)] as string) : "");
  const print = ({ name, attributes, content }: Tree): string => {
    const start = `<${name}${attributes.map(([key, text]) => ` ${space()}${key}${space()}=${space()}"${escape(text)}"`).join("")}${space()}`;
    if (content.length === 0 && short) return `${start}/>`;
    const between = indented && content.every(isTree) ? "\r\n  " : "";
    const inner = content.map(
      (part) => between + (isTree(part) ? print(part) : typeof part === "string" ? escape(part) : part.raw),
    );
    return `${start}>${inner.join("")}</${name}${space()}>`;
  };
  return print(tree);
}

const xsi = "http://www.w3.org/2001/XMLSchema-instance";
const texts = [
  "",
  " ",
  "x",
  "1",
  "-0",
  " 5 ",
  "007",
  "true",
  "1.50",
  ".5",
  "INF",
  "2147483648",
  "9".repeat(30),
  "2024-02-30",
  "2024-01-01",
  "p:q",
  "t:D",
  "no:where",
  "\u4f1a",
  "\u{1f600}",
  "\u00e9",
  "\u00a0true",
  "]]>",
  "a&b<c",
  "__proto__",
  "constructor",
  "\r",
  "\t\n",
  "z".repeat(80),
] as const;
const names = ["new", "__proto__", "constructor", "toString", "\u4f1a", "_1-2.3", "u:new", "t:g"] as const;
const types = [
  "t:B",
  "t:D",
  " t:D\n",
  "D",
  "u:D",
  "no:D",
  "t:constructor",
  "__proto__",
  "",
  "t:a:b",
  "t:a/b",
  "xs:int",
] as const;
const markup = ["<!---->", "<!-- <a> & -->", "<?p <x> ?>", "<![CDATA[]]>", "\n"] as const;

/** One change. */
export function surprise(root: Tree, random: Random): void {
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const all = elementsOf(root);
  const { tree, around } = pick(all);
  const { attributes, content } = tree;
  const declare = (prefix: string, uri: string): void => {
    const key = prefix === "" ? "xmlns" : `xmlns:${prefix}`;
    if (!attributes.some(([one]) => one === key)) attributes.push([key, uri]);
  };
  const add = (key: string, text: string): void => {
    if (!attributes.some(([one]) => one === key))
      attributes.splice(random(attributes.length + 1), 0, [key, text]);
  };
  const insert = (...parts: Tree["content"]): unknown =>
    content.splice(random(content.length + 1), 0, ...parts);
  const place = around?.content.indexOf(tree) ?? -1;
  switch (random(20)) {
    case 0:
      return void insert({ raw: pick(markup) });
    case 1: {
      // A text in several forms beside each other.
      const at = content.findIndex(
        (part) => typeof part === "string" && !/[\r\ud800-\udfff]|\]\]>/.test(part),
      );
      if (at < 0) return;
      const text = content[at] as string;
      const cut = random(text.length + 1);
      const last = text.slice(cut);
      const forms = [
        `<![CDATA[${last}]]>`,
        `<!--c-->${escape(last)}`,
        [...last].map((one) => `&#${one.charCodeAt(0)};`).join(""),
      ];
      return void content.splice(at, 1, text.slice(0, cut), { raw: pick(forms) });
    }
    case 2:
    case 3:
      return content.some(isTree) ? void insert(pick(texts)) : void (tree.content = [pick(texts)]);
    case 4: {
      const own = attributes.filter(([key]) => !key.startsWith("xmlns"));
      return own.length > 0 ? void (pick(own)[1] = pick(texts)) : undefined;
    }
    case 5:
      return (
        around &&
        void around.content.splice(
          random(2) === 0 ? place : random(around.content.length),
          0,
          structuredClone(tree),
        )
      );
    case 6:
      return around && void around.content.splice(place, 1);
    case 7:
    case 8:
      for (let k = content.length - 1; k > 0; k--) {
        const j = random(k + 1);
        [content[k], content[j]] = [content[j] as Tree, content[k] as Tree];
      }
      return;
    case 9: {
      const name = pick(names);
      const inner = random(2) === 0 ? [pick(texts)] : [structuredClone(pick(all).tree)];
      declare("u", "urn:new");
      declare("t", "urn:test");
      return void insert({ name, attributes: [["k", pick(texts)]], content: random(3) === 0 ? [] : inner });
    }
    case 10:
      return add(pick(["k", "__proto__", "constructor", "xml:lang", "xml:space", "toString"]), pick(texts));
    case 11:
    case 12:
      declare("xsi", xsi);
      declare("t", "urn:test");
      declare("u", "urn:new");
      declare("xs", "http://www.w3.org/2001/XMLSchema");
      return add("xsi:type", pick(types));
    case 13:
      declare("xsi", xsi);
      if (random(2) === 0) tree.content = [];
      return add(
        pick(["xsi:nil", "xsi:nil", "xsi:schemaLocation"]),
        pick(["true", " 1 ", "false", "yes", ""]),
      );
    case 14:
      return void (tree.content = random(2) === 0 ? [] : [{ raw: pick(markup) }]);
    case 15: {
      // Another prefix for one namespace, everywhere.
      for (const { tree: one } of all) {
        one.name = one.name.replace(/^ns1:/, "other.1:");
        for (const attribute of one.attributes)
          attribute[0] = attribute[0].replace(/^(xmlns:)?ns1(?=:|$)/, "$1other.1");
      }
      return;
    }
    case 16:
      return declare(
        tree.name.includes(":") ? (tree.name.split(":")[0] ?? "") : "",
        pick(["urn:test", "urn:other"]),
      );
    case 17:
      return declare("", pick(["urn:test", "urn:other", ""]));
    case 18:
      return void (tree.name = pick([tree.name.replace(/^.*:/, ""), pick(all).tree.name, `${tree.name}x`]));
    default:
      for (let k = random(30); k > 0; k--) add(`k${random(40)}`, "");
  }
}
