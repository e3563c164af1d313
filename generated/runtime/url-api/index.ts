// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** The Webex Meetings URL API, as far as it is the same for every command. */
export { backUrlInPage, readBackUrl, readMeetingList } from "./back-url.js";
export type { BackUrlAnswer, BackUrlFailure, BackUrlSuccess, MeetingList, ReasonInfo } from "./back-url.js";
export type {
  Command,
  FormRequest,
  ItemsParameter,
  MaskParameter,
  Moment,
  MomentParameter,
  Parameter,
  SimpleParameter,
  UrlApiRequest,
  UrlRequest,
} from "./command.js";
export { formOf, otherRequestOf, requestOf, UrlApiError } from "./request.js";
export type { OtherCommand, UrlApiIssue, UrlApiSite } from "./request.js";
