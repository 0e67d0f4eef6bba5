// What an account at Cloudflare has: Workers with versions and deployments, KV namespaces, files of assets.
import { randomUUID } from "node:crypto";

const kStart = Date.now();

// What Cloudflare refuses; wrangler goes by the code.
export class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    Object.assign(this, { status, code });
  }
}

export class Account {
  #workers = new Map();
  #files = new Map(); // of assets, by hash
  #manifests = new Map(); // by the token of their upload

  namespaces = []; // {id, title}

  get workers() {
    return [...this.#workers.values()].filter(({ deployments }) => deployments.length > 0);
  }

  worker(name) {
    const worker = this.#workers.get(name);
    if (worker?.deployments.length > 0) return worker;
    throw new Refusal(404, 10007, "This Worker does not exist on your account.");
  }

  orNew(name) {
    const empty = { name, versions: [], deployments: [], domains: [], routes: [], workersDev: false, lag: 0 };
    if (!this.#workers.has(name)) this.#workers.set(name, empty);
    return this.#workers.get(name);
  }

  delete(name) {
    this.#workers.delete(name);
  }

  version(name, id) {
    return this.worker(name).versions.find((version) => version.id === id);
  }

  deployed = (name) => this.version(name, this.worker(name).deployments.at(-1).version);

  secrets(name) {
    const found = this.deployed(name).bindings.filter(({ type }) => type === "secret_text");
    return Object.fromEntries(found.map((each) => [each.name, each.text]));
  }

  // Out of a form as wrangler uploads it. What it says is to be kept is what the deployed version has.
  async addUploaded(worker, form) {
    const metadata = JSON.parse(form.get("metadata"));
    const before = worker.deployments.length > 0 ? this.deployed(worker.name).bindings : [];
    const has = (name) => metadata.bindings.some((each) => each.name === name);
    const kept = before.filter(({ name, type }) => metadata.keep_bindings?.includes(type) && !has(name));
    const bindings = metadata.bindings.map((each) =>
      each.type === "inherit" ? before.find(({ name }) => name === each.name) : each,
    );
    const { jwt, config = {} } = metadata.assets ?? {};
    const parts = [...form].filter(([name]) => name !== "metadata");
    const modules = await Promise.all(
      parts.map(async ([name, part]) => ({ name, content: Buffer.from(await part.arrayBuffer()) })),
    );
    const assets = { config, files: this.#filesOf(this.#manifests.get(jwt) ?? {}) };
    return this.#add(worker, {
      metadata,
      main: metadata.main_module,
      modules,
      assets,
      bindings: [...bindings, ...kept],
    });
  }

  #add(worker, version) {
    const added = { ...version, id: randomUUID(), number: worker.versions.length + 1 };
    worker.versions.push(added);
    return added;
  }

  // A version like the one that is deployed, but for these secrets; null takes one away.
  changeSecrets(name, secrets) {
    const before = this.deployed(name);
    const others = before.bindings.filter((each) => !(each.name in secrets));
    const bindings = [...others, ...Object.values(secrets).filter(Boolean)];
    this.deploy(name, this.#add(this.worker(name), { ...before, bindings }).id);
  }

  deploy(name, version) {
    const worker = this.orNew(name);
    const created = new Date(kStart + worker.deployments.length * 1000).toISOString();
    worker.deployments.push({ version, created });
    [worker.lag, worker.lagOfNext] = [worker.lagOfNext ?? 0, 0];
  }

  // Which secrets another version has in another way than the one that is deployed.
  changedSecrets(name, id) {
    const textOf = (version) => (secret) =>
      version.bindings.find((each) => each.type === "secret_text" && each.name === secret)?.text;
    const [now, then] = [this.deployed(name), this.version(name, id)].map(textOf);
    return Object.keys(this.secrets(name)).filter((secret) => now(secret) !== then(secret));
  }

  // {jwt, buckets}: the token that stands for the files, and those that are not here yet.
  startAssets(manifest) {
    const missing = Object.values(manifest)
      .map(({ hash }) => hash)
      .filter((hash) => !this.#files.has(hash));
    const payload = Buffer.from(JSON.stringify({ session: randomUUID() })).toString("base64url");
    const jwt = `e30.${payload}.none`;
    this.#manifests.set(jwt, manifest);
    return { jwt, buckets: missing.length > 0 ? [[...new Set(missing)]] : [] };
  }

  async addFiles(form) {
    for (const [hash, part] of form) this.#files.set(hash, Buffer.from(await part.text(), "base64"));
  }

  #filesOf = (manifest) =>
    Object.fromEntries(Object.entries(manifest).map(([file, { hash }]) => [file, this.#files.get(hash)]));

  makeNamespace(title) {
    if (this.namespaces.some((each) => each.title === title)) {
      throw new Refusal(400, 10014, "a namespace with this account ID and title already exists");
    }
    const made = { id: randomUUID().replaceAll("-", ""), title };
    this.namespaces.push(made);
    return made;
  }
}
