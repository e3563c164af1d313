// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** What generated code says about a command of the URL API. */

/** One command; `P` is what it takes, `R` the kind of request that it makes. */
export interface Command<P = any, R extends UrlApiRequest = UrlApiRequest> {
  /** Type information only; no value at run time. */
  readonly "~types"?: { readonly parameters: P; readonly request: R };
  /** The page: `p` for `p.php`. */
  readonly page: string;
  /** The value of `AT`. */
  readonly command: string;
  /** What it is called here: `login`. */
  readonly name: string;
  /** In the order in which they are sent. */
  readonly parameters: readonly Parameter[];
}

/** A parameter: what it is called here, and how it is sent. */
export type Parameter = SimpleParameter | MaskParameter | MomentParameter | ItemsParameter;

interface Named {
  readonly name: string;
  readonly required?: true;
  /** Not to be seen in a URL: the request becomes a form. */
  readonly secret?: true;
  /** Exactly one of the parameters with the same word here is given. */
  readonly oneOf?: string;
}

export interface SimpleParameter extends Named {
  readonly kind: "text" | "integer" | "flag" | "url";
  readonly code: string;
  readonly values?: readonly string[];
}

/** Names of features, sent as the sum of their bits. */
export interface MaskParameter extends Named {
  readonly kind: "mask";
  readonly code: string;
  readonly bits: Readonly<Record<string, number>>;
}

/** Date, or date and time, sent as one number each. */
export interface MomentParameter extends Named {
  readonly kind: "moment";
  /** Of year, month, day, and hour and minute where there is a time. */
  readonly codes: readonly string[];
}

/** A list, sent with numbers from 1 behind the code. */
export interface ItemsParameter extends Named {
  readonly kind: "items";
  readonly max?: number;
  /** Items that are texts. */
  readonly code?: string;
  /** Items that are objects. */
  readonly fields?: readonly SimpleParameter[];
}

/** A day, and a time where one is needed, by the clock of the meeting's time zone. */
export interface Moment {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
}

/** A link: to be followed by the user's browser. */
export interface UrlRequest {
  readonly method: "GET";
  readonly url: string;
}

/** A form: to be posted by the user's browser, because it holds something that must not be seen in a URL. */
export interface FormRequest {
  readonly method: "POST";
  /** Where it is posted to. */
  readonly url: string;
  /** What is posted, in order. Not shown when the request is printed or turned into JSON. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** The same as `application/x-www-form-urlencoded`. Not shown either. */
  readonly body: string;
}

export type UrlApiRequest = UrlRequest | FormRequest;
