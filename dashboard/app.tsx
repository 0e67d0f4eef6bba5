// The dashboard: takes what the monitor embedded in its page, and draws it so that it can be worked with. Without it,
// or where the data are damaged, the page's own list stays.
import { render } from "preact";
import "./style/app.css";
import { startAgeing } from "./model/age.ts";
import { breath, startTicking } from "./model/clock.ts";
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
import { PageToasts } from "./views/Toasts.tsx";

const element = (id: string): HTMLElement => document.getElementById(id)!;

// In steps, between which the browser may answer to the reader.
async function start(data: PageData, sent: number, received: number): Promise<void> {
  takeOver(data, sent, received);
  startRouting();
  await breath();
  drawMain();
  startAgeing();
  startTab();
  startTicking();
  startRefreshing();
  await breath();
  drawRest();
  startTips();
}

function drawMain(): void {
  const main = element("main");
  main.replaceChildren();
  main.style.minHeight = "100vh"; // until the overview has settled
  render(<Controls />, element("controls"));
  render(<App />, main);
  document.querySelector(".skip")!.addEventListener("click", (event) => {
    event.preventDefault(); // the address has the view
    main.focus();
  });
}

function drawRest(): void {
  render(
    <>
      <AlertsDrawer />
      <ExportDialog />
      <PageToasts />
      <Tip />
    </>,
    document.body.appendChild(document.createElement("div")),
  );
  element("zone").textContent = `Times are in ${zone()}.`;
}

const data = parseData(document.getElementById("data")?.textContent ?? "");
const [loaded] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
if (data) void start(data, loaded?.requestStart ?? 0, loaded?.responseStart ?? 0);
else sayDamaged();

// The page was cut off on its way, or something changed it: its own list is shown, as far as it came.
function sayDamaged(): void {
  document.documentElement.classList.add("plainly", "old");
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  notice.textContent =
    "This page did not come whole: what it shows may be wrong, and services may be missing. ";
  const again = notice.appendChild(document.createElement("button"));
  again.textContent = "Load it again";
  again.onclick = () => location.reload();
  document.body.prepend(notice);
}
