// The dashboard: takes what the monitor embedded in its page, and draws it so that it can be worked with. Without it,
// or where the data are damaged, the page's own list stays.
import { render } from "preact";
import "./style/app.css";
import { startTicking } from "./model/clock.ts";
import { parseData, type PageData } from "./model/data.ts";
import { zone } from "./model/format.ts";
import { startRefreshing, takeOver } from "./model/refresh.ts";
import { startRouting } from "./model/route.ts";
import { startTab } from "./model/tab.ts";
import { AlertsDrawer } from "./views/Alerts.tsx";
import { App } from "./views/App.tsx";
import { Controls } from "./views/Controls.tsx";
import { ExportDialog } from "./views/Export.tsx";
import { startTips, Tip } from "./views/Tip.tsx";
import { Toasts } from "./views/Toasts.tsx";

const element = (id: string): HTMLElement => document.getElementById(id)!;

function start(data: PageData): void {
  const [loaded] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  takeOver(data, loaded?.requestStart ?? 0, loaded?.responseStart ?? 0);
  startRouting();
  startTab();
  draw();
  startTicking();
  startRefreshing();
  startTips();
}

function draw(): void {
  const main = element("main");
  main.replaceChildren();
  render(<App />, main);
  render(<Controls />, element("controls"));
  const overlays = document.body.appendChild(document.createElement("div"));
  render(
    <>
      <AlertsDrawer />
      <ExportDialog />
      <Toasts />
      <Tip />
    </>,
    overlays,
  );
  element("zone").textContent = `Times are in ${zone()}.`;
  document.querySelector(".skip")!.addEventListener("click", (event) => {
    event.preventDefault(); // the address has the view
    main.focus();
  });
}

const data = parseData(element("data").textContent ?? "");
if (data) start(data);
else document.documentElement.classList.add("plainly"); // says the list, not an empty page
