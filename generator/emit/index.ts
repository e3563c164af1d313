/** The built-in emitters. */
import type { Report } from "../diagnostics.js";
import { emitCodecs } from "./codecs.js";
import { emitModules } from "./modules.js";
import type { ModuleMemo } from "./trace.js";
import { emitIndex, emitReadme } from "./release.js";
import { emitService } from "./service.js";
import type { EmitInput, Emitter, OutputFile } from "./types.js";

export { createModuleMemo, type ModuleMemo } from "./trace.js";
export { packageFiles, runtimeFiles, type PackageOptions, type PackagedRelease } from "./package.js";

/** What a release has beside its modules, in the order in which it is made. */
const others: readonly Emitter[] = [emitService, emitCodecs, emitIndex, emitReadme];

/** All files of one release; a pure function of its input. What `memo` knows of other releases is not printed again. */
export function emitRelease(input: EmitInput, report: Report, memo?: ModuleMemo): readonly OutputFile[] {
  return [...emitModules(input, report, memo), ...others.flatMap((emit) => emit(input, report))];
}
