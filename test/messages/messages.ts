import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Messages of our own, written from documented facts with invented data; what each is for stands in manifest.json. */
export interface Message {
  /** Path below this folder. */
  readonly file: string;
  /** The release whose schema it is written for; with `since`, the first that allows it. */
  readonly release: string;
  /** `<service>.<operation>`. */
  readonly operation: string;
  readonly direction: "request" | "response";
  /**
   * `schema`: a request as the schema has it; `wire`: a request as sites take it, without namespaces and with a Java
   * class in xsi:type; `server`: a response.
   */
  readonly form: "schema" | "wire" | "server";
  readonly outcome?: "SUCCESS" | "FAILURE";
  /** What a failure carries. */
  readonly exceptionID?: string;
  /** Whether it is valid against the schema of its release; if not, `why` says what is wrong. */
  readonly valid: boolean;
  readonly why?: string;
  /** The codes of what a tolerant decoder has to say about it; absent: nothing. */
  readonly tells?: readonly string[];
  /** Shows what this release added: the release before does not allow it. */
  readonly since?: boolean;
  /** The same request in schema form. */
  readonly twin?: string;
  /** What it shows about servers or clients. */
  readonly quirk?: string;
}

const folder = new URL("./", import.meta.url);

/** All messages, in the order of the manifest. */
export const messages = JSON.parse(
  readFileSync(new URL("manifest.json", folder), "utf8"),
) as readonly Message[];

/** The bytes of a message. */
export function bytesOf(message: Pick<Message, "file">): Uint8Array {
  return readFileSync(new URL(message.file, folder));
}

/** Where the messages lie. */
export const messageFolder = fileURLToPath(folder);
