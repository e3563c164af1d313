/** Paths inside a bundle: relative to its root, with `/`; and URLs, for what comes from the network. */

/**
 * Where a location written in the file `from` leads: a path (beginning with `../` when it leaves the bundle) or a URL;
 * undefined for an absolute path, which no bundle can mean. Percent-encoding is undone; `\` counts as `/`, as authors on Windows
 * write it.
 */
export function joinPath(from: string, location: string): string | undefined {
  const [withoutFragment = ""] = location.trim().split("#");
  if (isUrl(from) || isUrl(withoutFragment)) {
    try {
      return isUrl(from) ? new URL(withoutFragment, from).href : withoutFragment;
    } catch {
      return undefined;
    }
  }
  const decoded = decode(withoutFragment).replaceAll("\\", "/");
  if (decoded.startsWith("/") || /^[A-Za-z]:/u.test(decoded) || decoded.includes("\0")) return undefined;
  return normalizePath(`${from.slice(0, from.lastIndexOf("/") + 1)}${decoded}`);
}

/** Takes `.` and `..` out of a path; what climbs above the root keeps its `../`. */
export function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}

/** Whether a path of {@link joinPath} leaves the bundle. */
export function isOutside(path: string): boolean {
  return path === ".." || path.startsWith("../");
}

/** Whether a location names a scheme of at least two letters, so that `C:` is none. */
export function isUrl(location: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]+:/u.test(location);
}

function decode(location: string): string {
  try {
    return decodeURIComponent(location);
  } catch {
    return location;
  }
}

/** A text in which URLs do not tell a user and a password. */
export function withoutCredentials(text: string): string {
  return text.replace(/(\/\/)[^/?#\s]*@/gu, "$1***@");
}
