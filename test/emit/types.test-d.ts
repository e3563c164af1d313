import { expectTypeOf, test } from "vitest";
import type { Readable, Tagged, Unknown, Writable, XmlElement } from "../../templates/runtime/descriptor.js";
import type * as alternatives from "../cases/alternatives/expected/s.js";
import type * as choices from "../cases/choices/expected/choices.js";
import type * as facets from "../cases/facets/expected/f.js";
import type * as shapes from "../cases/derivation/expected/s.js";
import { Account, SetAccount, SetAccountResponse } from "../cases/forms/expected/f.js";
import type * as forms from "../cases/forms/expected/f.js";
import type * as inherited from "../cases/inherited-names/expected/d.js";
import type * as text from "../cases/mixed/expected/text.js";
import type * as nil from "../cases/nillable/expected/nil.js";
import type * as simple from "../cases/simple-content/expected/simple.js";
import type * as vehicles from "../cases/substitution/expected/vehicles.js";
import type * as wild from "../cases/wildcards/expected/wild.js";

/** Makes a value of a type from a literal, with all checks of literals. */
function make<T>(value: T): T {
  return value;
}

test("(a?, b) | (c, d?): exactly one branch", () => {
  make<choices.Sequences>({ b: 1 });
  make<choices.Sequences>({ a: "x", b: 1 });
  make<choices.Sequences>({ c: true, d: "x" });
  // @ts-expect-error both branches
  make<choices.Sequences>({ b: 1, c: true });
  // @ts-expect-error the optional member of the other branch
  make<choices.Sequences>({ a: "x", c: true });
  // @ts-expect-error neither branch
  make<choices.Sequences>({});
  // @ts-expect-error the required member of the branch is missing
  make<choices.Sequences>({ a: "x" });
  // @ts-expect-error no such member
  make<choices.Sequences>({ b: 1, e: 1 });
});

test("branches are told apart by their members", () => {
  const value = make<choices.Sequences>({ b: 1 } as choices.Sequences);
  if (value.c !== undefined) {
    expectTypeOf(value.d).toEqualTypeOf<string | undefined>();
    expectTypeOf(value.b).toEqualTypeOf<undefined>();
  } else {
    expectTypeOf(value.b).toEqualTypeOf<number>();
  }
});

test("(a | b)?: at most one", () => {
  make<choices.Optional>({});
  make<choices.Optional>({ a: "x" });
  // @ts-expect-error both branches
  make<choices.Optional>({ a: "x", b: 1 });
});

test("values that a union lists are those of its members", () => {
  expectTypeOf<facets.FewIntOrWord>().toEqualTypeOf<1 | 12 | "?">();
  expectTypeOf<facets.IntOrWord>().toEqualTypeOf<number | string>();
});

test("a property that every object has can be absent", () => {
  make<inherited.Class>({ hasOwnProperty: true });
  make<inherited.Class>({ hasOwnProperty: true, constructor: [{ then: "x" }], toString: { valueOf: "x" } });
  // @ts-expect-error hasOwnProperty is required
  make<inherited.Class>({});
  // @ts-expect-error not of that type
  make<inherited.Class>({ hasOwnProperty: true, constructor: 1 });
  // @ts-expect-error both branches
  make<inherited.Member>({ valueOf: "x", constructor: 1 });
  make<inherited.Word>({ toString: "x" });
  make<inherited.Word>({ class: "x" });
  // @ts-expect-error both branches
  make<inherited.Word>({ toString: "x", class: "x" });
});

test("(a | b)+: one array in order", () => {
  make<choices.Repeated>({
    $content: [
      { $name: "a", $value: "x" },
      { $name: "b", $value: 1 },
      { $name: "a", $value: "y" },
    ],
  });
  // @ts-expect-error not optional
  make<choices.Repeated>({});
  // @ts-expect-error the value of another element
  make<choices.Repeated>({ $content: [{ $name: "a", $value: 1 }] });
  // @ts-expect-error no such element
  make<choices.Repeated>({ $content: [{ $name: "c", $value: 1 }] });
  expectTypeOf<choices.Repeated["$content"]>().toEqualTypeOf<
    readonly (Tagged<"a", string> | Tagged<"b", number>)[]
  >();
});

test("an empty branch makes the other optional", () => {
  make<choices.EmptyBranch>({});
  make<choices.EmptyBranch>({ a: "x" });
  // @ts-expect-error what may be absent is not there as undefined
  make<choices.EmptyBranch>({ a: undefined });
  // @ts-expect-error no such member
  make<choices.EmptyBranch>({ b: 1 });
});

test("a choice inside a repeated sequence, and a twice: order is kept", () => {
  expectTypeOf<choices.InsideRepeatedItem["$name"]>().toEqualTypeOf<"x" | "a" | "b">();
  expectTypeOf<choices.TwiceItem["$name"]>().toEqualTypeOf<"a" | "b">();
  make<choices.InsideRepeated>({});
  make<choices.InsideRepeated>({
    $content: [
      { $name: "x", $value: "1" },
      { $name: "b", $value: 1 },
    ],
  });
  // @ts-expect-error elements of ordered content have no members of their own
  make<choices.InsideRepeated>({ x: "1", a: "2" });
  // @ts-expect-error the value of another element
  make<choices.InsideRepeated>({ $content: [{ $name: "b", $value: "1" }] });
  // @ts-expect-error an element without its name
  make<choices.Twice>({ $content: ["x"] });
  // @ts-expect-error not optional
  make<choices.Twice>({});
  // @ts-expect-error what stands twice is no member
  make<choices.Twice>({ a: "1", b: 1 });
});

test("(a, b)?: both or none", () => {
  make<choices.OptionalSequence>({});
  make<choices.OptionalSequence>({ a: "x", b: 1 });
  // @ts-expect-error one of them
  make<choices.OptionalSequence>({ a: "x" });
});

test("nested choices, and what extends them", () => {
  make<choices.Nested>({ "@id": "i", k: "k", a: "x", d: 1, f: "x" });
  make<choices.ExtendsNested>({ "@id": "i", k: "k", b: 1, c: "x", more: "m" });
  // @ts-expect-error e and f exclude each other
  make<choices.Nested>({ "@id": "i", k: "k", a: "x", d: 1, e: "x", f: "x" });
  // @ts-expect-error what is inherited is required
  make<choices.ExtendsNested>({ "@id": "i", k: "k", b: 1, c: "x" });
});

test("many branches", () => {
  make<choices.Wide>({ e7: [1] });
  make<choices.Wide>({ e8: { e1: "x" } });
  // @ts-expect-error two of them
  make<choices.Wide>({ e1: "x", e2: "x" });
  // @ts-expect-error none of them
  make<choices.Wide>({});
});

test("what a schema does not know may stand anywhere", () => {
  expectTypeOf<choices.Nested["$unknown"]>().toEqualTypeOf<readonly Unknown[] | undefined>();
});

test("derived types are told apart by $type", () => {
  const value = make<shapes.CircleAny>({ r: 1 } as shapes.CircleAny);
  if (value.$type === "s:disc") expectTypeOf(value["@fill"]).toEqualTypeOf<string | undefined>();
  make<shapes.CircleAny>({ r: 1 });
  make<shapes.CircleAny>({ $type: "s:disc", r: 1, "@fill": "red" });
  // @ts-expect-error an abstract type must be chosen from
  make<shapes.ShapeAny>({ label: "x" });
  // @ts-expect-error a choice in a derived type
  make<shapes.ShapeAny>({ $type: "s:square", side: 1, area: 1 });
});

test("interfaces extend as in the schema", () => {
  expectTypeOf<shapes.Disc>().toExtend<shapes.Circle>();
  expectTypeOf<shapes.Circle>().toExtend<shapes.Shape>();
});

test("substitutes carry their element's name", () => {
  make<vehicles.Garage>({
    vehicle: [
      { $name: "bike", $value: {} },
      { $name: "car", $value: { doors: 4 } },
      { $name: "racer", $value: null },
    ],
  });
  // @ts-expect-error the head is abstract
  make<vehicles.Garage>({ vehicle: [{ $name: "vehicle", $value: {} }] });
  // @ts-expect-error no content of this element
  make<vehicles.Garage>({ vehicle: [{ $name: "car", $value: {} }] });
  expectTypeOf<vehicles.Garage["closed"]>().toEqualTypeOf<string | undefined>();
});

test("text keeps its place", () => {
  make<text.Paragraph>({ $content: ["Hello ", { $name: "b", $value: { $content: ["bold"] } }, " end"] });
  // @ts-expect-error no such element
  make<text.Paragraph>({ $content: [{ $name: "u", $value: "x" }] });
});

test("wildcards: typed when known, raw otherwise", () => {
  make<wild.Lax>({
    $any: [
      { $name: "cat", $value: "x" },
      { $name: "dog", $value: { "@name": "x" } },
      { name: "{urn:x}other", children: ["text"] },
    ],
  });
  // @ts-expect-error the value of a known element
  make<wild.Lax>({ $any: [{ $name: "cat", $value: 1 }] });
  const [item] = make<wild.Lax>({ $any: [] } as wild.Lax).$any ?? [];
  if (item?.$name === "cat") expectTypeOf(item.$value).toEqualTypeOf<string>();
  if (item !== undefined && item.$name === undefined) expectTypeOf(item).toEqualTypeOf<XmlElement>();
});

test("optional and nillable are different things", () => {
  expectTypeOf<nil.T["a"]>().toEqualTypeOf<string | null>();
  expectTypeOf<Required<nil.T>["c"]>().toEqualTypeOf<nil.T | null>();
  const required = { a: null, d: true, f: ["", ""], g: [""], "@h": "x" };
  make<nil.T>({ ...required, e: "always" });
  // @ts-expect-error absent is not undefined
  make<nil.T>({ ...required, e: undefined });
});

test("scalars lose nothing, arrays may be readonly", () => {
  expectTypeOf<simple.Money["$value"]>().toEqualTypeOf<string>();
  expectTypeOf<simple.Size>().toEqualTypeOf<number | "unbounded">();
  expectTypeOf<simple.Builtins["long"]>().toEqualTypeOf<bigint>();
  expectTypeOf<simple.Builtins["unsignedInt"]>().toEqualTypeOf<number>();
  expectTypeOf<simple.Builtins["base64Binary"]>().toEqualTypeOf<Uint8Array>();
  expectTypeOf<simple.Percent>().toEqualTypeOf<number>();
  expectTypeOf<simple.BigDigits>().toEqualTypeOf<9007199254740993n | -1n>();
  make<simple.Codes>(["A"] as const);
});

test("enumerations are closed when written and open when read", () => {
  make<forms.Status>("ON");
  // @ts-expect-error not a value
  make<forms.Status>("BROKEN");
  make<forms.StatusRead>("BROKEN");
  expectTypeOf<Writable<typeof Account>>().toEqualTypeOf<forms.Account>();
  expectTypeOf<Readable<typeof Account>>().toEqualTypeOf<forms.AccountRead>();
  // @ts-expect-error what was read must be checked before it is sent
  make<forms.Account>({ name: "x", status: "ON" } as forms.AccountRead);
  expectTypeOf<forms.Account>().toExtend<forms.AccountRead>();
  expectTypeOf<Readable<typeof SetAccountResponse>["account"]>().toEqualTypeOf<forms.AccountRead>();
  expectTypeOf<Writable<typeof SetAccount>["account"]>().toEqualTypeOf<forms.Account>();
});

test("attributes choose the type: told apart by $type, and by the attribute where an enumeration closes it", () => {
  make<alternatives.ShapeAlternative>({ "@kind": "circle", radius: "1" });
  make<alternatives.ShapeAlternative>({ "@kind": "box", side: "1" });
  make<alternatives.ShapeAlternative>({ "@kind": "other", name: "x" });
  // @ts-expect-error no alternative has it
  make<alternatives.ShapeAlternative>({ "@kind": "circle", diameter: "1" });
  make<alternatives.PaymentAlternative>({ "@by": "cash", amount: "1", change: "0" });
  // @ts-expect-error cash has no number
  make<alternatives.PaymentAlternative>({ "@by": "cash", amount: "1", number: "1" });
  // @ts-expect-error xs:error: nothing may be paid by cheque
  make<alternatives.PaymentAlternative>({ "@by": "cheque", amount: "1" });
  const shape = make<alternatives.ShapeAlternativeRead>({} as alternatives.ShapeAlternativeRead);
  if (shape.$type === "s:Circle") expectTypeOf(shape.radius).toEqualTypeOf<string>();
  const payment = make<alternatives.PaymentAlternative>({} as alternatives.PaymentAlternative);
  if (payment["@by"] === "card") expectTypeOf(payment.number).toEqualTypeOf<string>();
  else expectTypeOf(payment.change).toEqualTypeOf<string | undefined>();
});
