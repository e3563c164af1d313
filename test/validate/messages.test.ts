/** Our verdict on every message of ours is that of the independent validator, which the manifest records. */
import { expect, test } from "vitest";
import { readBundle } from "../bundles/bundle.js";
import { bytesOf, messages } from "../messages/messages.js";
import { decodeXmlText } from "../../templates/runtime/encoding.js";
import { issuesOf, modelOf } from "./read.js";
import type { Model } from "../../generator/model/types.js";

const models = new Map<string, Model>();
const modelOfRelease = (release: string): Model => {
  let model = models.get(release);
  if (model === undefined) {
    const files = Object.fromEntries([...readBundle(release)].map(([path, text]) => [path, text]));
    models.set(release, (model = modelOf(rooted(files))));
  }
  return model;
};

/** Locations in a bundle are relative to the file; the test's bundle resolves by name, so they become absolute. */
function rooted(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      text.replace(/schemaLocation="([^"]*)"/gu, (_, location: string) => {
        const parts = path.split("/").slice(0, -1);
        for (const step of location.split("/")) {
          if (step === "..") parts.pop();
          else if (step !== ".") parts.push(step);
        }
        return `schemaLocation="${parts.join("/")}"`;
      }),
    ]),
  );
}

test.each(messages.map((message) => [message.file, message] as const))("%s", (_file, message) => {
  const issues = issuesOf(modelOfRelease(message.release), decodeXmlText(bytesOf(message)));
  const texts = issues.map(({ message: text }) => text);
  if (message.valid) expect(texts).toEqual([]);
  else expect(texts).not.toEqual([]);
});
