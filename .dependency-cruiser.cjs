/** Who may import whom (README, "The folder tree"); test/check/import-rules.test.ts plants a violation to see this judge work. */
const only = (name, from, to, more = {}) => ({
  name,
  severity: "error",
  from: { path: from, ...more.from },
  to: {
    pathNot: [`^(${to.join("|")})`],
    path: "^(base|domain|automations|server|cli|plugin|sandbox|bench|test)/",
    ...more.to,
  },
});
const pkg = (name, allowedIn, packagePattern) => ({
  name,
  severity: "error",
  from: { pathNot: allowedIn },
  // A package that is not installed has only its name.
  to: { path: `(^|node_modules/)${packagePattern}` },
});

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "nobody-imports-sandbox",
      severity: "error",
      from: { pathNot: "^(sandbox|test)/" },
      to: { path: "^sandbox/" },
    },
    { name: "nobody-imports-test", severity: "error", from: { pathNot: "^test/" }, to: { path: "^test/" } },
    only("domain-is-alone", "^domain/", ["domain/"]),
    {
      name: "domain-packages",
      severity: "error",
      from: { path: "^domain/" },
      to: { path: "node_modules/", pathNot: "node_modules/(luxon|@types/luxon|rrule|chinese-days|zod)/" },
    },
    {
      name: "domain-no-node",
      severity: "error",
      from: { path: "^domain/" },
      to: { dependencyTypes: ["core"] },
    },
    only("base-imports-domain", "^base/", ["base/", "domain/"]),
    only("automations-are-thin", "^automations/", ["automations/", "domain/", "base/", "server/services/"], {
      to: { dependencyTypesNot: ["type-only"] },
    }),
    only(
      "services-know-no-gateway",
      "^server/services/",
      ["server/services/", "server/db/", "server/context\\.ts", "server/errors\\.ts", "domain/", "base/"],
      { to: { dependencyTypesNot: ["type-only"] } },
    ),
    only(
      "engine-is-given-automations",
      "^server/engine/",
      ["server/engine/", "server/db/", "server/context\\.ts", "server/errors\\.ts", "domain/"],
      { to: { dependencyTypesNot: ["type-only"] } },
    ),
    only(
      "gateway-knows-base",
      "^server/feishu/",
      ["server/feishu/", "server/errors\\.ts", "base/", "domain/"],
      {
        to: { dependencyTypesNot: ["type-only"] },
      },
    ),
    only("cli-imports", "^cli/", ["cli/", "domain/", "base/", "server/"]),
    only("plugin-imports", "^plugin/", ["plugin/", "domain/", "base/"], {
      to: { dependencyTypesNot: ["type-only"] },
    }),
    only("sandbox-imports-nothing-of-ours", "^sandbox/", ["sandbox/"]),
    pkg("sdk-in-the-gateway-only", "^(server/feishu/|test/|bench/)", "@larksuiteoapi/node-sdk"),
    pkg("base-sdk-in-one-file", "^(plugin/bitable\\.ts|bench/baselines/|test/)", "@lark-base-open/js-sdk"),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|\\.lectern|test/fixtures/planted)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      extensions: [".ts", ".tsx", ".js", ".json"],
    },
  },
};
