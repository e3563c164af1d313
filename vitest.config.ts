import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    typecheck: { include: ["test/**/*.test-d.ts"], tsconfig: "./tsconfig.json" },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "threads",
    // Many tests wait for programs that they start: of two processors, one thread would leave one idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
