// A report within the limits of a comment or a job summary.

const encoder = new TextEncoder();
const sizeOf = (text) => encoder.encode(text).length;

/**
 * A text of at most so many bytes of UTF-8, cut where neither a block of code nor a fold is open.
 * @param {string} text Markdown
 * @param {number} limit in bytes
 */
export function cut(text, limit) {
  if (sizeOf(text) <= limit) return text;
  const note = "\n_Cut here: the job has the whole report._\n";
  const room = limit - sizeOf(note);
  let [size, end, length, fence, folds] = [0, 0, 0, "", 0];
  for (const line of text.split("\n")) {
    size += sizeOf(line) + 1;
    if (size > room) break;
    length += line.length + 1;
    const [run = ""] = /^`{3,}/u.exec(line) ?? [];
    if (fence === "") fence = run;
    else if (run === line && run.length >= fence.length) fence = "";
    if (fence !== "" || run !== "") continue;
    if (line.startsWith("<details>")) folds++;
    if (line.startsWith("</details>")) folds--;
    if (folds === 0) end = length;
  }
  return text.slice(0, end) + note;
}
