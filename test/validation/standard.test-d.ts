import { expectTypeOf, test } from "vitest";
import * as choices from "../cases/choices/expected/choices.js";
import * as forms from "../cases/forms/expected/f.js";
import * as shapes from "../cases/derivation/expected/s.js";

/** The interface as the specification prints it (version 1). */
interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly "~standard": Props<Input, Output>;
}
interface Props<Input, Output> {
  readonly version: 1;
  readonly vendor: string;
  readonly validate: (value: unknown) => Result<Output> | Promise<Result<Output>>;
  readonly types?: { readonly input: Input; readonly output: Output } | undefined;
}
type Result<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly Issue[] };
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
type InferInput<S extends StandardSchemaV1> = NonNullable<S["~standard"]["types"]>["input"];
type InferOutput<S extends StandardSchemaV1> = NonNullable<S["~standard"]["types"]>["output"];

/** What a library does that takes any schema. */
declare function parse<S extends StandardSchemaV1>(schema: S, value: unknown): InferOutput<S>;

test("each kind of generated constant is a Standard Schema of its type", () => {
  expectTypeOf(parse(choices.Sequences, 0)).toEqualTypeOf<choices.Sequences>();
  expectTypeOf(parse(forms.Account, 0)).toEqualTypeOf<forms.Account>();
  expectTypeOf(parse(forms.Status, 0)).toEqualTypeOf<"ON" | "OFF">();
  expectTypeOf(parse(forms.KindAny, 0)).toEqualTypeOf<forms.KindAny>();
  expectTypeOf<InferInput<typeof forms.Account>>().toEqualTypeOf<forms.Account>();
  expectTypeOf(shapes).not.toBeAny();
});

test("the result is there at once, and tells more than it must", () => {
  const result = forms.Account["~standard"].validate({});
  expectTypeOf(result).not.toExtend<Promise<unknown>>();
  if (result.issues) {
    expectTypeOf(result.issues[0]?.path).toEqualTypeOf<readonly (string | number)[] | undefined>();
    expectTypeOf(result.issues[0]?.clause).toEqualTypeOf<string | undefined>();
  } else expectTypeOf(result.value).toEqualTypeOf<forms.Account>();
});
