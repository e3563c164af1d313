// One comment on a pull request, found by a hidden marker and kept up to date.

/** Asks the API; rejects with the status when it is not well. */
async function ask({ api, token }, path, method = "GET", value) {
  const response = await fetch(`${api}${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "user-agent": "xsd-strata",
      ...(value && { "content-type": "application/json" }),
    },
    ...(value && { body: JSON.stringify(value) }),
    signal: AbortSignal.timeout(20_000),
  });
  if (!response.ok) throw new Error(`${method} answered ${response.status}`);
  return response.json();
}

/** Ours: begins with the marker and was written by an app. Anybody can put the marker into a comment of their own. */
const isOurs = ({ body, user }, marker) => user?.type === "Bot" && (body ?? "").startsWith(marker);

/**
 * Writes the comment, or changes the one that is there.
 * @param {{ api: string, repository: string, number: number, token: string, marker: string, body: string, create: boolean }} options
 */
export async function keepComment(options) {
  const { repository, number, marker, body, create } = options;
  if (!/^[\w.-]+\/[\w.-]+$/u.test(repository ?? "") || !Number.isSafeInteger(number))
    throw new Error("the event names no pull request");
  const comments = `/repos/${repository}/issues/${number}/comments`;
  for (let page = 1; page <= 50; page++) {
    const list = await ask(options, `${comments}?per_page=100&page=${page}`);
    const own = list.find((comment) => isOurs(comment, marker));
    if (own !== undefined) {
      if (own.body === body) return;
      await ask(options, `/repos/${repository}/issues/comments/${own.id}`, "PATCH", { body });
      return;
    }
    if (list.length < 100) break;
  }
  if (create) await ask(options, comments, "POST", { body });
}
