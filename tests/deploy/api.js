// The part of Cloudflare's API that wrangler calls for the commands here, by method and path.
import { Refusal } from "./account.js";

const kSubdomain = "example";

// An answer that is not wrapped in JSON.
export class Raw {
  constructor(text) {
    this.text = text;
  }
}

export const hostOf = (name) => `${name}.${kSubdomain}.workers.dev`;

const withoutText = ({ text: _, ...binding }) => binding;

const deploymentOf = ({ version, created }) => ({
  id: version,
  created_on: created,
  source: "wrangler",
  author_email: "somebody@example",
  annotations: {},
  strategy: "percentage",
  versions: [{ version_id: version, percentage: 100 }],
});

// A version whose secrets are not those in use is deployed again only when that is insisted on.
function deploy(account, name, id, isForced) {
  const changed = account.changedSecrets(name, id);
  const isOld = account.worker(name).deployments.some(({ version }) => version === id);
  if (isOld && changed.length > 0 && !isForced) {
    throw new Refusal(400, 10220, `The following secrets have changed: ${changed.join(", ")}`);
  }
  account.deploy(name, id);
  return { id };
}

async function put(account, name, form) {
  const worker = account.orNew(name);
  const { id, metadata } = await account.addUploaded(worker, form);
  worker.migration = metadata.migrations?.new_tag ?? worker.migration;
  account.deploy(name, id);
  return { id: name, etag: id, deployment_id: id, startup_time_ms: 5 };
}

async function addVersion(account, name, form) {
  const { id } = await account.addUploaded(account.worker(name), form);
  return { id, resources: { script: { etag: id } }, startup_time_ms: 5 };
}

function serviceOf({ name, migration }) {
  const script = { tag: name, tags: [], last_deployed_from: "wrangler", migration_tag: migration };
  return { default_environment: { environment: "production", script } };
}

const versionOf = ({ id, number, bindings }) => ({
  id,
  number,
  metadata: { created_on: new Date(0).toISOString(), source: "wrangler", author_email: "" },
  annotations: {},
  resources: { bindings: bindings.map(withoutText), script: {}, script_runtime: {} },
});

// [call, handler]: `account` is what it is about, `kv` calls a namespace by id, then come the words of the path, the body
// as JSON, the body as a form, and the query.
const script = "/workers/scripts/:name";
const kv = "/storage/kv/namespaces";
export const routes = [
  ["GET /workers/subdomain", () => ({ subdomain: kSubdomain })],
  ["GET /workers/services/:name", ({ account, name }) => serviceOf(account.worker(name))],
  [
    "GET /workers/workers/:name",
    ({ account, name }) => ({
      subdomain: { enabled: account.worker(name).workersDev, previews_enabled: false },
    }),
  ],
  [
    `POST ${script}/subdomain`,
    ({ account, name, json }) => {
      account.worker(name).workersDev = json().enabled;
      return json();
    },
  ],
  [
    `GET ${script}/deployments`,
    ({ account, name }) => ({ deployments: account.worker(name).deployments.toReversed().map(deploymentOf) }),
  ],
  [
    `POST ${script}/deployments`,
    ({ account, name, json, query }) =>
      deploy(account, name, json().versions[0].version_id, query.get("force") === "true"),
  ],
  [`GET ${script}/versions/:id`, ({ account, name, id }) => versionOf(account.version(name, id))],
  [`POST ${script}/versions`, async ({ account, name, form }) => addVersion(account, name, await form())],
  [`PUT ${script}`, async ({ account, name, form }) => put(account, name, await form())],
  [
    `GET ${script}/settings`,
    ({ account, name }) => ({ bindings: account.deployed(name).bindings.map(withoutText) }),
  ],
  [`PATCH ${script}/script-settings`, ({ json }) => json()],
  [
    `GET ${script}/secrets`,
    ({ account, name }) =>
      Object.keys(account.secrets(name)).map((each) => ({ name: each, type: "secret_text" })),
  ],
  [
    `PUT ${script}/secrets`,
    ({ account, name, json }) => account.changeSecrets(name, { [json().name]: json() }) ?? {},
  ],
  [
    `PATCH ${script}/secrets-bulk`,
    ({ account, name, json }) => account.changeSecrets(name, json().secrets) ?? {},
  ],
  [`POST ${script}/assets-upload-session`, ({ account, json }) => account.startAssets(json().manifest)],
  [
    "POST /workers/assets/upload",
    async ({ account, form, token }) => {
      await account.addFiles(await form());
      return { jwt: token };
    },
  ],
  [`PUT ${script}/schedules`, ({ json }) => ({ schedules: json() })],
  [
    `PUT ${script}/routes`,
    ({ account, name, json }) => (account.worker(name).routes = json().map(({ pattern }) => pattern)),
  ],
  [
    `POST ${script}/domains/changeset`,
    ({ json }) => ({ added: json(), removed: [], updated: [], conflicting: [] }),
  ],
  [
    `PUT ${script}/domains/records`,
    ({ account, name, json }) =>
      (account.worker(name).domains = json().origins.map(({ hostname }) => hostname)),
  ],
  [`GET ${script}/references`, () => ({})],
  ["GET /workers/tails/by-consumer/:name", () => []],
  ["DELETE /workers/services/:name", ({ remove, name }) => remove(name)],
  [`DELETE ${script}`, ({ remove, name }) => remove(name)],
  [`GET ${kv}`, ({ account, query }) => (Number(query.get("page") ?? 1) > 1 ? [] : account.namespaces)],
  [`POST ${kv}`, ({ account, json }) => account.makeNamespace(json().title)],
  [`GET ${kv}/:id/keys`, async ({ kv, id }) => (await kv(id, "list")).keys],
  [`GET ${kv}/:id/values/:key`, async ({ kv, id, key }) => new Raw(await kv(id, "get", key))],
  [
    `PUT ${kv}/:id/bulk`,
    async ({ kv, id, json }) => {
      for (const { key, value } of json()) await kv(id, "put", key, value);
      return { successful_key_count: json().length };
    },
  ],
  ["GET /zones", () => [{ id: "a-zone", name: "site.example" }]],
  ["GET /zones/:zone/workers/routes", () => []],
].map(([call, handler]) => [patternOf(call), handler]);

function patternOf(call) {
  return new RegExp(`^${call.replaceAll(/:(\w+)/g, "(?<$1>[^/]+)")}$`);
}
