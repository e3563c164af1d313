import tseslint from "typescript-eslint";

/** Packages and the one file that may import each: replacing a package is a one-file change. */
const homes = {
  "fast-xml-parser": "generator/schema/xml.ts",
  yauzl: "generator/schema/zip.ts",
  "ts-morph": "generator/emit/module.ts",
  handlebars: "generator/output/template.ts",
  prettier: "generator/output/format.ts",
  yargs: "generator/cli/main.ts",
  yaml: "generator/release/yaml.ts",
  ajv: "generator/json-schema.ts",
  "jsonc-parser": "generator/config.ts",
  jiti: "generator/config.ts",
  semver: "generator/release/order.ts",
  diff: "generator/output/check.ts",
};

/** Which rooms a room may not look into. */
const walls = {
  "generator/schema": ["model", "service", "emit", "diff", "report", "output", "cli", "release"],
  "generator/model": ["service", "emit", "diff", "report", "output", "cli", "release"],
  "generator/service": ["schema", "emit", "diff", "report", "output", "cli"],
  "generator/emit": ["schema", "diff", "report", "output", "cli", "release"],
  "generator/diff": ["schema", "emit", "report", "output", "cli"],
  "generator/report": ["schema", "emit", "output", "cli"],
  "generator/output": ["schema", "model", "service", "diff", "report", "cli", "release"],
  "generator/validate": ["service", "emit", "diff", "report", "output", "cli", "release"],
  "generator/release": ["schema", "emit", "report", "output", "cli"],
  "generator/witness": ["report", "output", "cli", "release"],
};

const packagePatterns = (file) =>
  Object.entries(homes)
    .filter(([, home]) => home !== file)
    .map(([name, home]) => ({ regex: `^${name}(?:/|$)`, message: `${name} is imported in ${home} only.` }));

const wallPatterns = (room) =>
  (walls[room] ?? []).map((other) => ({
    // Templates are filled by whoever prints.
    group: [`**/${other}/**`, "!**/output/template.js"],
    message: `${room} must not see generator/${other} (ARCHITECTURE.md, "Who may import whom").`,
  }));

const restrict = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { "no-restricted-imports": ["error", { patterns }] },
});

const rooms = Object.keys(walls);

export default tseslint.config(
  {
    ignores: [
      "**/node_modules",
      "**/dist",
      "generated",
      "coverage",
      "test/cases/**",
      "test/fixtures/**",
      "test/families/programs/**",
      "templates/**/*.hbs",
    ],
  },
  ...tseslint.configs.strict,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["*.js", "*.mjs"] } } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportAllDeclaration", message: "Name what is exported." },
        { selector: "ExportDefaultDeclaration", message: "Named exports only." },
      ],
    },
  },
  { files: ["*.config.{js,ts}", "bench/**"], rules: { "no-restricted-syntax": "off" } },
  {
    files: ["generator/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        { property: "parentPath", message: "Packages in zips have none: `filesBelow` goes down by itself." },
      ],
    },
  },
  restrict(["generator/*.ts"], packagePatterns("")),
  ...rooms.map((room) => restrict([`${room}/**/*.ts`], [...packagePatterns(""), ...wallPatterns(room)])),
  restrict(["generator/cli/**/*.ts"], packagePatterns("")),
  restrict(
    ["templates/runtime/**/*.ts"],
    [
      { group: ["**/generator/**"], message: "The runtime stands alone." },
      { group: ["node:*"], message: "The runtime uses no Node built-in." },
      ...packagePatterns(""),
    ],
  ),
  // A home file may import its own packages, and keeps the walls of its room.
  ...[...new Set(Object.values(homes))].map((file) =>
    restrict(
      [file],
      [...packagePatterns(file), ...wallPatterns(rooms.find((room) => file.startsWith(`${room}/`)))],
    ),
  ),
  // Scripts that run as they are, in pages and actions: no type information.
  {
    files: ["templates/**/*.js", "action/**/*.{js,mjs}", "examples/**/*.{js,mjs}"],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { parserOptions: { projectService: false, program: null, project: null } },
  },
);
