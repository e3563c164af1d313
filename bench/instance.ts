/** The runtime, as a program has it that uses it in one way: engines make code for what they see it do. */
import { build } from "esbuild";

type Runtime = typeof import("../templates/runtime/index.js") &
  typeof import("../templates/runtime/scanner.js");

let made = 0;

/**
 * An instance of the runtime with a state and code of its own, which reads and writes by tables or by compiled code, and what `also`
 * exports. Descriptors come from there: those that were made with another instance would be read by it in part.
 */
export async function ownRuntime<Also extends object>(
  by: "tables" | "code",
  also: string,
): Promise<Runtime & Also> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from "../templates/runtime/index.js"; export * from "../templates/runtime/scanner.js"; ${also}`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
  });
  // Each fragment is another module.
  const code = encodeURIComponent(outputFiles[0]?.text ?? "");
  const runtime = (await import(`data:text/javascript,${code}#${String(++made)}`)) as Runtime & Also;
  if (by === "tables") runtime.interpretCodecs();
  else runtime.compileCodecs(0);
  return runtime;
}
