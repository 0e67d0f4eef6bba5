// Which view is open, and how it is filtered: all of it stands in the URL, so that a view can be shared.
import { computed, signal } from "@preact/signals";

export interface Route {
  view: "overview" | "service" | "compare" | "wall";
  serviceId: string;
  query: URLSearchParams;
}

// "#/service/web?days=30"; whatever else stands there is the overview.
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?", 2);
  const [, view, id] = path.split("/");
  const params = new URLSearchParams(query);
  if (view === "wall" || view === "compare") return { view, serviceId: "", query: params };
  if (view === "service" && id) return { view, serviceId: decoded(id), query: params };
  return { view: "overview", serviceId: "", query: params };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const route = signal(parseRoute(location.hash));

export function startRouting(): void {
  addEventListener("hashchange", () => (route.value = parseRoute(location.hash)));
}

export const serviceHref = (id: string): string => `#/service/${encodeURIComponent(id)}`;

export const compareHref = (one: string, other = ""): string =>
  `#/compare?${new URLSearchParams({ a: one, ...(other && { b: other }) })}`;

// The overview's own parameters, also while another view is open.
const overviewQuery = signal(route.value.view === "overview" ? route.value.query : new URLSearchParams());
export const overviewHref = computed(() => hrefOf(overviewQuery.value));

const hrefOf = (query: URLSearchParams): string => (query.size > 0 ? `#/?${query}` : "#/");

route.subscribe(({ view, query }) => {
  if (view === "overview") overviewQuery.value = query;
});

// A parameter of the overview; empty when it is not set.
export const param = (name: string): string => overviewQuery.value.get(name) ?? "";

// The same of whatever view is open.
export const ownParam = (name: string): string => route.value.query.get(name) ?? "";

export function setOwnParams(changes: Record<string, string>): void {
  const query = changed(route.peek().query, changes);
  const [path] = location.hash.split("?", 1);
  replace(query.size > 0 ? `${path}?${query}` : path!);
}

function changed(before: URLSearchParams, changes: Record<string, string>): URLSearchParams {
  const query = new URLSearchParams(before);
  for (const [name, value] of Object.entries(changes)) value ? query.set(name, value) : query.delete(name);
  return query;
}

function replace(hash: string): void {
  history.replaceState(null, "", hash);
  route.value = parseRoute(location.hash);
}

// Sets parameters of the overview in place: typing a search leaves no trail of single letters to go back through.
export const setParams = (changes: Record<string, string>): void =>
  replace(hrefOf(changed(overviewQuery.peek(), changes)));
