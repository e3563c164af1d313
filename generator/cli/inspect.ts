/** `inspect`: what a release holds, as a tree. */
import { defineCommand, schemaOptions } from "./command.js";
import { describeContents } from "./contents.js";
import { exit } from "./exit.js";
import { openSchema } from "./schema.js";

export const inspect = defineCommand({
  usage: "inspect <schema> [component]",
  summary: "Show a release or one component as a tree with types, cardinality and since",
  details:
    "A component is a type, element, group, attribute or operation: prefix:name, {uri}name, service.operation or a name alone.",
  positionals: {
    schema: { describe: "A release (`latest`, an id), or a folder, zip or file" },
    component: { describe: "What to show; the whole release when absent" },
  },
  options: {
    ...schemaOptions,
    depth: { type: "string", describe: "How many levels of types to open", default: "1" },
    why: { type: "boolean", describe: "Show which operations and global elements reach the component" },
    format: { type: "string", choices: ["text", "json"], describe: "How to print it", default: "text" },
  },
  examples: [
    ["{example}", "what a schema holds"],
    ["{example} purchaseOrder --depth 3", "one element and what is in it"],
    ["{example} Price --why", "what reaches a type"],
    ["latest", "the newest release of the configured family"],
  ],
  async run({ schema: word = "", component: name, depth: levels = "1", why, format, ...flags }, console) {
    const depth = Number(levels);
    if (!Number.isInteger(depth) || depth < 0 || depth > 20) {
      console.fail(`--depth is a whole number from 0 to 20, not "${levels}"`);
      return exit.usage;
    }
    if (why && name === undefined) {
      console.fail("--why needs a component");
      return exit.usage;
    }
    const opened = await openSchema(word, flags, console);
    if (typeof opened === "number") return opened;
    const outline = await import("./outline.js");
    const { escapeLine, plural } = await import("../terminal.js");
    const { source, schema } = opened;
    const { model, service } = schema;
    const { createCaches } = await import("../caches.js");
    const { sinceIn } = await import("../since.js");
    const caches = createCaches(opened.project?.folder, console.env);
    const input = { model, service, since: await sinceIn(source, caches) };
    const show = (outlines: readonly import("./outline.js").Outline[]): void => {
      console.print(
        format === "json"
          ? `${JSON.stringify(outlines, undefined, 2)}\n`
          : outline.formatOutlines(outlines, console.style, console.width),
      );
    };
    if (name === undefined) {
      console.note(
        `${escapeLine(model.release)}: ${plural(model.files.length, "file")}, ${plural(model.namespaces.length, "namespace")}, ` +
          `${describeContents({ model, service })}\n`,
      );
      show(outline.outlineRelease(input));
      return exit.fine;
    }
    const components = outline.componentsOf(input);
    const found = outline.findComponents(name, components);
    if (found.length === 0) {
      const { suggestionHint } = await import("../suggestion.js");
      const known = components.flatMap((each) => [each.name, each.name.replace(/^.*[:.]/u, "")]);
      console.fail(`${model.release} has no component "${name}"`, suggestionHint(name, known));
      return exit.usage;
    }
    if (why) {
      const reasons = found.flatMap((each) => outline.outlineReasons(each, input));
      if (reasons.length === 0) console.note(`nothing reaches "${escapeLine(name)}"\n`);
      // A program reads a list, empty or not.
      if (reasons.length > 0 || format === "json") show(reasons);
      return exit.fine;
    }
    show(found.flatMap((each) => outline.outlineComponent(each, input, depth)));
    return exit.fine;
  },
});
