/** Walks a process along its sequence flows, and adds a task to it. */
import { model } from "../bpmn/index.js";
import { decode, encode } from "../runtime/index.js";

const prefixes = { "http://www.omg.org/spec/BPMN/20100524/MODEL": "bpmn" };

export function run(xml: string): readonly string[] {
  const definitions = decode(model.definitionsElement, xml);
  const lines: string[] = [];
  for (const root of definitions.rootElement ?? []) {
    if (root.$name !== "process") continue;
    const process: model.TProcess = root.$value;
    lines.push(`process ${process["@name"] ?? ""} (${process["@processType"] ?? "None"})`);
    for (const element of process.flowElement ?? []) {
      switch (element.$name) {
        case "sequenceFlow": {
          const { conditionExpression: condition, ...flow } = element.$value;
          // Told apart by the type that xsi:type names.
          const language =
            condition?.$type === "model:tFormalExpression" ? condition["@language"] : undefined;
          const text = condition?.$content?.map((part) => (typeof part === "string" ? part : "")).join("");
          lines.push(
            `${flow["@sourceRef"]} -> ${flow["@targetRef"]}${text === undefined ? "" : ` if ${text} (${language ?? ""})`}`,
          );
          break;
        }
        case "startEvent":
          for (const definition of element.$value.eventDefinition ?? [])
            if (definition.$name === "messageEventDefinition")
              lines.push(`starts by ${definition.$value["@messageRef"] ?? ""}`);
          break;
        case "exclusiveGateway":
          lines.push(`${element.$value["@name"] ?? ""} else ${element.$value["@default"] ?? ""}`);
          break;
      }
    }
    const task: model.FlowElementMember = {
      $name: "userTask",
      $value: { "@id": "thank", "@name": "Say thank you" },
    };
    const changed: model.TDefinitions = {
      ...definitions,
      rootElement: [
        { $name: "process", $value: { ...process, flowElement: [...(process.flowElement ?? []), task] } },
      ],
    };
    const last = decode(model.definitionsElement, encode(model.definitionsElement, changed, { prefixes }));
    const [first] = last.rootElement ?? [];
    if (first?.$name === "process")
      lines.push(`then ${first.$value.flowElement?.at(-1)?.$name ?? "nothing"}`);
  }
  return lines;
}

// @ts-expect-error a process is not among the flow elements
export const wrong: model.FlowElementMember = { $name: "process", $value: {} };
// @ts-expect-error both ends of a flow are required
export const loose: model.TSequenceFlow = { "@id": "x", "@sourceRef": "a" };
