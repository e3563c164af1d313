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

/** Whom a token of a person belongs to; undefined for that of a job, which may not ask. */
const ownLogin = (options) =>
  ask(options, "/user").then(
    ({ login }) => login,
    () => undefined,
  );

/**
 * Ours: begins with the marker, and an app or the token's own user wrote it. Anybody can put the marker into a comment
 * of their own.
 */
async function findOwn(list, options) {
  const marked = list.filter(({ body }) => (body ?? "").startsWith(options.marker));
  const own = marked.find(({ user }) => user?.type === "Bot");
  if (own !== undefined || marked.length === 0) return own;
  const login = await ownLogin(options);
  return login === undefined ? undefined : marked.find(({ user }) => user?.login === login);
}

/**
 * Writes the comment, or changes the one that is there.
 * @param {{ api: string, repository: string, number: number, token: string, marker: string, body: string, create: boolean }} options
 */
export async function keepComment(options) {
  const { repository, number, body, create } = options;
  if (!/^[\w.-]+\/[\w.-]+$/u.test(repository ?? "") || !Number.isSafeInteger(number))
    throw new Error("the event names no pull request");
  const comments = `/repos/${repository}/issues/${number}/comments`;
  for (let page = 1; page <= 50; page++) {
    const list = await ask(options, `${comments}?per_page=100&page=${page}`);
    const own = await findOwn(list, options);
    if (own !== undefined) {
      if (own.body === body) return;
      await ask(options, `/repos/${repository}/issues/comments/${own.id}`, "PATCH", { body });
      return;
    }
    if (list.length < 100) break;
  }
  if (create) await ask(options, comments, "POST", { body });
}
