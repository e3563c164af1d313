/** Paths inside a bundle: relative to its root, with `/`; and URLs, for what comes from the network. */

/**
 * Where a location written in the file `from` leads: a bundle path or a URL; undefined when it leaves the bundle.
 * Percent-encoding is undone; `\` counts as `/`, as schema authors on Windows write it.
 */
export function joinPath(from: string, location: string): string | undefined {
  const [withoutFragment = ""] = location.trim().split("#");
  if (isUrl(from)) {
    try {
      return new URL(withoutFragment, from).href;
    } catch {
      return undefined;
    }
  }
  if (isUrl(withoutFragment)) return withoutFragment;
  const decoded = decode(withoutFragment).replaceAll("\\", "/");
  if (decoded.startsWith("/") || /^[A-Za-z]:/u.test(decoded) || decoded.includes("\0")) return undefined;
  return normalizePath(`${from.slice(0, from.lastIndexOf("/") + 1)}${decoded}`);
}

/** Takes `.` and `..` out of a path; undefined when it climbs above the root. */
export function normalizePath(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
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
