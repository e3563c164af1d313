/** The built-in emitters. */
import type { Report } from "../diagnostics.js";
import { emitModules } from "./modules.js";
import { emitIndex, emitReadme } from "./release.js";
import { emitService } from "./service.js";
import type { EmitInput, Emitter, OutputFile } from "./types.js";

export { packageFiles, runtimeFiles, type PackageOptions, type PackagedRelease } from "./package.js";

/** In the order in which they run. */
export const emitters: readonly Emitter[] = [emitModules, emitService, emitIndex, emitReadme];

/** All files of one release; a pure function of its input. */
export function emitRelease(input: EmitInput, report: Report): readonly OutputFile[] {
  return emitters.flatMap((emit) => emit(input, report));
}
