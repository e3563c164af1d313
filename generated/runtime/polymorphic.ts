// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Types that `xsi:type` chooses, where the schema has several. */
import type { Polymorphic, TypeCodec } from "./descriptor.js";
import { listOf } from "./encode.js";
import { familyOf, follow, isSimple, planOf } from "./plan.js";
import { XSI_NAMESPACE, XSI_TYPE } from "./scanner.js";
import { describe, listSome } from "./simple.js";
import { isObject, own, type Values } from "./values.js";

/** Reads what `xsi:type` names, and writes what `$type` says. */
export const polymorphicCodec: TypeCodec = {
  read(type: Polymorphic, source, { content, report, scanner, simple, spare, struct, typeName }) {
    const { attributes, offset } = scanner;
    const family = familyOf(type);
    const raw = attributes.find(({ uri, local }) => local === "type" && uri === XSI_NAMESPACE)?.value;
    const given = raw === undefined ? "" : typeName(raw);
    const known = raw === undefined ? undefined : family.find((one) => one[1] === given || one[1] === raw);
    const [tag, , ref] = known ?? (family[0] as (typeof family)[0]);
    if (raw === undefined) {
      if (type.abstract) report("missing-type", `xsi:type must choose a type derived from ${tag}`, offset());
    } else if (!known) report("unknown-type", `unknown type ${given}, read as ${tag}`, offset());
    const target = follow(ref);
    // A name whose prefix is not declared can only be written back as it is.
    const foreign = raw !== undefined && !known && !given.startsWith("{");
    if (target.kind === "struct")
      return struct(
        planOf(target),
        source,
        known || raw === undefined ? tag : given,
        foreign,
        known && known === family[0] && tag !== "" ? given : undefined,
      );
    if (isSimple(target) && attributes.length > 0) spare("type");
    const value = isSimple(target) ? simple(target, source) : content();
    return raw === undefined ? value : { $type: known ? tag : given, $value: value };
  },
  write(type: Polymorphic, value, _source, spare, { issue, struct, typeAttribute, valueOf }) {
    const family = familyOf(type);
    const base = family[0] as (typeof family)[0];
    const tag = isObject(value) ? own(value, "$type") : undefined;
    const chosen = tag === undefined ? base : family.find((one) => one[0] === tag);
    let typed = chosen && chosen !== base ? typeAttribute(chosen[1]) : "";
    if (typeof tag === "string" && !chosen && tag.startsWith("{")) typed = typeAttribute(tag);
    else if (
      // As decoded: the name of a type whose prefix was not declared stands among the attributes.
      tag === undefined
        ? type.abstract
        : !chosen && !listOf(value as Values).some((one) => one.attributes?.[XSI_TYPE] === tag)
    ) {
      const tags = family.slice(type.abstract ? 1 : 0).map((one) => one[0]);
      const message = `$type must be one of ${listSome(tags)}, not ${describe(tag)}`;
      if (tag === undefined) issue("missing-type", message);
      else issue("unknown-type", message, "$type");
    }
    const target = follow((chosen ?? base)[2]);
    if (target.kind === "struct") return struct(planOf(target), value, typed, true);
    return (
      typed + valueOf(target, tag === undefined ? value : own(value as Values, "$value"), undefined, spare)
    );
  },
};
