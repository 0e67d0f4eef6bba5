// Which view is open, and how it is filtered: all of it stands in the URL, so that a view can be shared.
import { computed, signal } from "@preact/signals";

export interface Route {
  view: "overview" | "service" | "wall";
  serviceId: string;
  query: URLSearchParams;
}

// "#/service/web?days=30"; whatever else stands there is the overview.
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?", 2);
  const [, view, id] = path.split("/");
  const params = new URLSearchParams(query);
  if (view === "wall") return { view, serviceId: "", query: params };
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

// The overview's own parameters, also while another view is open.
const overviewQuery = signal(route.value.view === "overview" ? route.value.query : new URLSearchParams());
export const overviewHref = computed(() => hrefOf(overviewQuery.value));

const hrefOf = (query: URLSearchParams): string => (query.size > 0 ? `#/?${query}` : "#/");

route.subscribe(({ view, query }) => {
  if (view === "overview") overviewQuery.value = query;
});

// A parameter of the overview; empty when it is not set.
export const param = (name: string): string => overviewQuery.value.get(name) ?? "";

// Sets parameters in place: typing a search leaves no trail of single letters to go back through.
export function setParams(changes: Record<string, string>): void {
  const query = new URLSearchParams(overviewQuery.peek());
  for (const [name, value] of Object.entries(changes)) value ? query.set(name, value) : query.delete(name);
  history.replaceState(null, "", hrefOf(query));
  route.value = parseRoute(location.hash);
}
