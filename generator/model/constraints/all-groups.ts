/** Clause cos-all-limited: where an all-group may stand and what it may hold. */
import { fail, type Resolution } from "../resolution.js";
import type { GroupParticle, Particle } from "../types.js";

/** Checks the content of a complex type. */
export function checkAllGroups(r: Resolution, content: Particle): void {
  if (content.kind === "all") {
    if (content.max !== 1) {
      fail(
        r,
        "all-group-repeated",
        "cos-all-limited.1.2",
        "an all-group can occur at most once",
        content.span,
      );
    }
    checkMembers(r, content);
    return;
  }
  checkNested(r, content);
}

/** Checks a group definition on its own: its members, not where it will stand. */
export function checkMembers(r: Resolution, group: GroupParticle): void {
  for (const part of group.particles) {
    if (group.kind !== "all") {
      checkNested(r, part);
      continue;
    }
    if (part.kind === "element" || (part.kind === "any" && r.version === "1.1")) {
      if (r.version === "1.0" && part.max !== 1) {
        fail(
          r,
          "all-group-member-repeated",
          "cos-all-limited.2",
          "an element of an all-group can occur at most once",
          part.span,
        );
      }
      continue;
    }
    if (r.version === "1.1" && part.kind === "all" && part.min === 1 && part.max === 1) {
      checkMembers(r, part);
      continue;
    }
    fail(r, "all-group-member", "cos-all-limited.2", "an all-group can hold elements only", part.span);
  }
}

function checkNested(r: Resolution, particle: Particle): void {
  if (particle.kind === "element" || particle.kind === "any") return;
  if (particle.kind === "all") {
    fail(
      r,
      "all-group-nested",
      "cos-all-limited.1",
      "an all-group must be the whole content of a type; here it is part of another group",
      particle.span,
    );
    return;
  }
  for (const part of particle.particles) checkNested(r, part);
}
