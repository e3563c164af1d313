/** The runtime, as a program has it that uses it in one way: engines make code for what they see it do. */
import { resolve } from "node:path";
import { build } from "esbuild";

type Runtime = typeof import("../templates/runtime/index.js") &
  typeof import("../templates/runtime/scanner.js");

let made = 0;

/** An instance of the runtime with a state and code of its own, which reads and writes by tables or by compiled code. */
export async function ownRuntime(by: "tables" | "code"): Promise<Runtime> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from "./index.js"; export * from "./scanner.js";`,
      resolveDir: resolve(import.meta.dirname, "../templates/runtime"),
    },
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
  });
  // Each fragment is another module.
  const code = encodeURIComponent(outputFiles[0]?.text ?? "");
  const runtime = (await import(`data:text/javascript,${code}#${String(++made)}`)) as Runtime;
  if (by === "tables") runtime.interpretCodecs();
  else runtime.compileCodecs(0);
  return runtime;
}
