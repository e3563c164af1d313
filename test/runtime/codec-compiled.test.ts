/** The suite of `codec.test.ts` again, by code for everything; there it runs as a program does, by tables at first. */
import { compileCodecs } from "../../templates/runtime/compile.js";

compileCodecs(0);
await import("./codec.test.js");
