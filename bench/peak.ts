/** The most memory that this process had. */
import { readFileSync } from "node:fs";

/**
 * Bytes of the largest resident set. On Linux it is read from the state of the process: `maxRSS` there begins with that of the
 * process which started this one.
 */
export function peakMemory(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+) kB/mu.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS * 1024;
}
