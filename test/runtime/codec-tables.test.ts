/** The suite of `codec.test.ts` again, by tables alone. */
import { interpretCodecs } from "../../templates/runtime/compile.js";

interpretCodecs();
await import("./codec.test.js");
