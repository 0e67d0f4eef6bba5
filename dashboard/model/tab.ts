// The browser's tab: its title says which view is open, and with the icon how everything is.
import { effect } from "@preact/signals";
import { overall } from "./age.ts";
import type { Status } from "./data.ts";
import { number } from "./format.ts";
import { route } from "./route.ts";
import { counts, services } from "./services.ts";

const shapes: Record<Status, string> = {
  up: '<circle cx="16" cy="16" r="14" fill="#15803d"/><path d="m10 16.5 4.5 4.5 8-9" class="s"/>',
  degraded: '<path d="M16 2 31 29H1z" fill="#b45309"/><path d="M16 12v8m0 4v1" class="s"/>',
  down: '<path d="M10 1h12l9 9v12l-9 9H10l-9-9V10z" fill="#c81e1e"/><path d="m11 11 10 10m0-10L11 21" class="s"/>',
  unknown: '<circle cx="16" cy="16" r="14" fill="#5b6675"/><path d="M16 9v9m0 4v1" class="s"/>',
  paused:
    '<rect x="2" y="2" width="28" height="28" rx="6" fill="#4f5f92"/><path d="M12 10v12m8-12v12" class="s"/>',
};

const icon = (status: Status): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${shapes[status].replace(
      'class="s"',
      'fill="none" stroke="#fff" stroke-width="3.5" stroke-linecap="round"',
    )}</svg>`,
  )}`;

// A site's own icon stays as it is.
export function startTab(): void {
  const title = document.title;
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const isOwn = link?.getAttribute("href") === "/favicon.svg";
  effect(() => void (document.title = `${prefix()}${viewName()}${title}`));
  effect(() => {
    if (link && isOwn) link.href = icon(overall.value.status);
  });
}

function prefix(): string {
  const { status, age } = overall.value;
  if (age) return `? ${age.replace(":", "")} · `;
  const { down, degraded, unknown } = counts.value;
  if (status === "down") return `✖ ${number(down)} down · `;
  if (status === "degraded") return `▲ ${number(degraded)} degraded · `;
  return status === "unknown" && unknown > 0 ? `? ${number(unknown)} unknown · ` : "";
}

function viewName(): string {
  const { view, serviceId } = route.value;
  if (view === "overview") return "";
  if (view === "service") return `${services.get(serviceId)?.value.serviceName ?? "No such service"} · `;
  return `${view.charAt(0).toUpperCase()}${view.slice(1)} · `;
}
