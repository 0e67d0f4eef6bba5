// The buttons of the page's head.
import { useSignal } from "@preact/signals";
import { areAlertsShown } from "../model/alerts.ts";
import { isDrawerOpen, isExportOpen } from "../model/dialogs.ts";
import { chooseSeconds, chosenSeconds, intervals, isRefreshing, refresh } from "../model/refresh.ts";
import { settings } from "../model/services.ts";
import { write } from "../model/storage.ts";
import { Icon } from "./Icon.tsx";

export function Controls() {
  const { features, api, showToggle } = settings.value;
  return (
    <>
      {features.showRefreshButton && <Refresh />}
      {areAlertsShown() && (
        <button type="button" class="tool" aria-haspopup="dialog" onClick={() => (isDrawerOpen.value = true)}>
          <Icon name="bell" />
          <span>Alerts</span>
        </button>
      )}
      {features.showExportButton && api.enableExportEndpoint && (
        <button type="button" class="tool" aria-haspopup="dialog" onClick={() => (isExportOpen.value = true)}>
          <Icon name="download" />
          <span>Export</span>
        </button>
      )}
      <a class="tool" href="#/wall">
        <Icon name="wall" />
        <span>Wall</span>
      </a>
      {showToggle && <Theme />}
    </>
  );
}

function Refresh() {
  return (
    <div class="refresh" role="group" aria-label="Refresh">
      <button
        type="button"
        class={`tool ${isRefreshing.value ? "busy" : ""}`}
        aria-busy={isRefreshing.value}
        onClick={() => void refresh()}
      >
        <Icon name="refresh" />
        <span>Refresh</span>
      </button>
      <select
        aria-label="Refresh automatically"
        value={chosenSeconds.value}
        onChange={({ currentTarget: { value } }) => chooseSeconds(Number(value))}
      >
        {intervals().map((seconds) => (
          <option key={seconds} value={seconds}>
            {intervalText(seconds)}
          </option>
        ))}
      </select>
    </div>
  );
}

function intervalText(seconds: number): string {
  if (seconds === 0) return "by hand";
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

const modes = ["auto", "light", "dark"] as const;
const modeIcons = { auto: "auto", light: "sun", dark: "moon" } as const;

function Theme() {
  const root = document.documentElement;
  const mode = useSignal(modes.find((each) => each === root.dataset.theme) ?? "auto");
  const next = modes[(modes.indexOf(mode.value) + 1) % modes.length]!;
  const change = () => {
    mode.value = root.dataset.theme = next;
    write("theme", next);
  };
  return (
    <button
      type="button"
      class="tool"
      onClick={change}
      aria-label={`Colours: ${mode.value}; change to ${next}`}
      title={`Colours: ${mode.value}`}
    >
      <Icon name={modeIcons[mode.value]} />
    </button>
  );
}
