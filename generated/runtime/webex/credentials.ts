// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Who calls: credentials, and the session ticket that stands for them. */
import { noCharacter } from "../scanner.js";
import type { WebexError } from "./errors.js";
import { WebexConfigurationError } from "./errors.js";

/** An account is named by its Webex id or its e-mail address. */
type Account =
  | { readonly webExID: string; readonly email?: string }
  | { readonly webExID?: never; readonly email: string };

interface Partner {
  readonly partnerID?: string;
  /** Where the site is not named by `siteName`. */
  readonly siteID?: string | number;
  readonly clientID?: string;
  readonly clientSecret?: string;
}

/** What opens a site. */
interface Keys {
  /** Password sites only: a site with single sign-on refuses it. */
  readonly password: string;
  readonly sessionTicket: string;
  readonly webExAccessToken: string;
  readonly accessToken: string;
  readonly samlResponse: string;
  readonly anonymous: true;
}

/** One key, and no other. */
type Key<K extends keyof Keys> = Pick<Keys, K> & {
  readonly [Other in Exclude<keyof Keys, K>]?: never;
};

/** No identity; a few reading operations allow it. */
export type Anonymous = Key<"anonymous">;

/** The ways to say who calls: one of them. */
export type Credentials = (
  | (Account & Partner & Key<"password">)
  | (Account & Partner & Key<"sessionTicket">)
  | (Account & Partner & Key<"webExAccessToken">)
  | (Partial<Record<"webExID" | "email", string>> & Partner & Key<"accessToken">)
  | (Account & Partner & Key<"samlResponse">)
  | Anonymous
) & {
  /** Milliseconds since 1970: a function that gave these credentials is not asked again before. */
  readonly expiresAt?: number;
};

/** Why credentials are asked for. */
export interface CredentialsRequest {
  /** The failure that says that the ones given last are no longer accepted. */
  readonly rejected?: WebexError;
}

/**
 * Credentials, or a function that gives them: called before each call, unless they carry `expiresAt`. What it throws, the
 * call rejects with, as it is.
 */
export type CredentialsSource =
  Credentials | ((request: CredentialsRequest) => Credentials | Promise<Credentials>);

/** The members of `securityContext` in schema order; the last four are later than the first schemas. */
const contextMembers = [
  "webExID",
  "password",
  "siteID",
  "siteName",
  "partnerID",
  "email",
  "sessionTicket",
  "webExAccessToken",
  "accessToken",
  "clientID",
  "clientSecret",
] as const;

const keys = ["password", "sessionTicket", "webExAccessToken", "accessToken", "samlResponse"];

const secretMembers: readonly string[] = [...keys, "partnerID", "clientSecret"];

/** What goes into `securityContext`, in the order of its schema. */
export type SecurityContext = readonly (readonly [name: (typeof contextMembers)[number], value: string])[];

/** The header entries of credentials. */
export function securityContextOf(credentials: Credentials, siteName: string | undefined): SecurityContext {
  return membersOf({ ...credentials, siteName }, contextMembers);
}

/** The values in credentials that must never be shown. */
export function secretsOf(credentials: Credentials): readonly string[] {
  return membersOf(credentials, secretMembers).map(([, value]) => value);
}

function membersOf<Name extends string>(
  credentials: Credentials & { readonly siteName?: string | undefined },
  names: readonly Name[],
): readonly (readonly [name: Name, value: string])[] {
  const values = credentials as Partial<Record<string, unknown>>;
  return names.flatMap((name) => (values[name] === undefined ? [] : [[name, String(values[name])] as const]));
}

/** Refuses credentials that say nothing or two things, or cannot be sent, which plain JavaScript can hold. */
export function checkCredentials(credentials: Credentials): Credentials {
  if ((credentials as unknown) !== Object(credentials))
    throw new WebexConfigurationError("credentials are missing");
  const ways = [...keys, "anonymous"];
  const given = ways.filter(
    (name) => (credentials as unknown as Readonly<Record<string, unknown>>)[name] !== undefined,
  );
  if (given.length !== 1) {
    throw new WebexConfigurationError(
      given.length === 0
        ? `credentials need one of ${ways.join(", ")}`
        : `credentials hold ${given.join(" and ")}: give one`,
    );
  }
  const { webExID, email } = credentials as Partial<Record<string, string>>;
  if (given[0] !== "anonymous" && given[0] !== "accessToken" && !webExID && !email)
    throw new WebexConfigurationError("credentials need webExID or email");
  for (const [name, value] of Object.entries(credentials)) {
    // Of a promise that nobody waited for the name of its class would be sent.
    if (secretMembers.includes(name) && (value === "" || typeof value === "object"))
      throw new WebexConfigurationError(`${name} of the credentials is empty or no text`);
    if (typeof value === "string" && noCharacter.test(value))
      throw new WebexConfigurationError(`${name} of the credentials: XML cannot carry the character`);
  }
  return credentials;
}

/** What a login gave. */
export interface Ticket {
  readonly sessionTicket: string;
  /** Milliseconds for which it is good, from when it arrived; undefined where the site does not say. */
  readonly timeToLive: number | undefined;
}

/** Credentials in use. */
export interface Grant {
  readonly credentials: Credentials;
  readonly secrets: readonly string[];
}

/** Keeps the credentials in use, and renews them once for all calls that need it. */
export interface Wallet {
  /** Credentials to call with. */
  readonly take: () => Promise<Grant>;
  /** Credentials to call with after `rejected` was refused; undefined when there is no way to get others. */
  readonly renew: (rejected: Grant, failure: WebexError) => Promise<Grant | undefined>;
}

/** Calls AuthenticateUser. */
export type Login = (grant: Grant) => Promise<Ticket>;

/**
 * A wallet over a source. With `always`, passwords and access tokens are exchanged for a ticket once, and calls are
 * made with the ticket; a SAML response always is.
 */
export function createWallet(source: CredentialsSource, login: Login, always: boolean): Wallet {
  let current: { readonly grant: Grant; readonly expiresAt: number } | undefined;
  let pending: Promise<Grant> | undefined;
  if (typeof source !== "function") checkCredentials(source);
  const needsLogin = ({ samlResponse, password, accessToken }: Credentials): boolean =>
    Boolean(samlResponse ?? (always && (password ?? accessToken)));

  const ask = async (rejected: WebexError | undefined): Promise<Grant> => {
    const credentials =
      typeof source === "function" ? checkCredentials(await source(rejected ? { rejected } : {})) : source;
    const asked = { credentials, secrets: secretsOf(credentials) };
    let grant: Grant = asked;
    let expiresAt =
      credentials.expiresAt ??
      (typeof source === "function" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
    if (needsLogin(credentials)) {
      const { webExID, email } = credentials as Partial<Record<"webExID" | "email", string>>;
      if (!webExID && !email) throw new WebexConfigurationError("credentials need webExID or email");
      const ticket = await login(asked);
      grant = withTicket(asked, ticket);
      // A ticket is not used in the last tenth of its life: it must outlive the call.
      expiresAt =
        ticket.timeToLive === undefined ? Number.POSITIVE_INFINITY : Date.now() + ticket.timeToLive * 0.9;
    }
    current = { grant, expiresAt };
    return grant;
  };
  const askOnce = (rejected?: WebexError): Promise<Grant> => {
    pending ??= ask(rejected).finally(() => {
      pending = undefined;
    });
    return pending;
  };
  return {
    async take() {
      if (pending) return pending;
      if (current && Date.now() < current.expiresAt) return current.grant;
      return askOnce();
    },
    async renew(rejected, failure) {
      if (typeof source !== "function" && !needsLogin(source)) return undefined;
      // Another call may have renewed them; yet what was asked for before the refusal may be what was refused.
      const known = (await pending) ?? (current && Date.now() < current.expiresAt ? current.grant : rejected);
      return String(known.secrets) === String(rejected.secrets) ? askOnce(failure) : known;
    },
  };
}

function withTicket(grant: Grant, ticket: Ticket): Grant {
  const { sessionTicket } = ticket;
  return {
    // What was exchanged is not sent any more.
    credentials: {
      ...grant.credentials,
      password: undefined,
      accessToken: undefined,
      sessionTicket,
    } as unknown as Credentials,
    secrets: [...grant.secrets, sessionTicket],
  };
}
