// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** The client of the Webex Meetings XML API, as far as it is the same for every release. */
export { controlHubUsers, noClassicEvents, olderSite } from "./checks.js";
export { call, connect, exchange } from "./client.js";
export type {
  CallOptions,
  Connection,
  ConnectOptions,
  Exchange,
  ReadOptions,
  RequestCheck,
} from "./client.js";
export type { Anonymous, Credentials, CredentialsRequest, CredentialsSource } from "./credentials.js";
export {
  instantOf,
  isWebexDateTime,
  readWebexDateTime,
  webexDateTimeOf,
  writeWebexDateTime,
} from "./date-time.js";
export type { WebexDateTime, Zone } from "./date-time.js";
export { endpointOf } from "./endpoint.js";
export type { Site } from "./endpoint.js";
export { readAnswer, serviceNamespace, writeBody, writeMessage } from "./envelope.js";
export type { Reading } from "./envelope.js";
export {
  isWebexError,
  WebexAbortError,
  WebexApiError,
  WebexConfigurationError,
  WebexDecodeError,
  WebexError,
  WebexHttpError,
  WebexMalformedAnswerError,
  WebexRequestError,
  WebexTimeoutError,
  WebexTransportError,
} from "./errors.js";
export type {
  AnyWebexError,
  ExceptionInfo,
  Failure,
  FailureKind,
  Open,
  RequestIssue,
  ResponseStatus,
  SubError,
} from "./errors.js";
export type { DeprecatedEvent, Hooks, RequestEvent, ResponseEvent } from "./hooks.js";
export { all, pages } from "./list.js";
export { listMethod, method } from "./method.js";
export type {
  Arguments,
  ListMethod,
  ListOperation,
  Method,
  Operation,
  OperationList,
  RecordOf,
} from "./operation.js";
export { validateKnown as validateRequest } from "../validate.js";
export { validatePlain } from "../validate-plain.js";
export { redactText, redactXml } from "./redact.js";
export { explainFailure } from "./stranger.js";
export type { Explain, Unreadable } from "./stranger.js";
export type { RetryOptions } from "./retry.js";
export { stream } from "./stream.js";
export { toRequest } from "./to-request.js";
export type { AsRead } from "./to-request.js";
export type { Fetch } from "./transport.js";
export { checkVersion, compareReleases } from "./version.js";
export type { Addition, SiteVersion, VersionReport } from "./version.js";
