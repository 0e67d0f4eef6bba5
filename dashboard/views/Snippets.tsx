// How to send a service's heartbeats, in tabs, each to be copied.
import { useSignal } from "@preact/signals";
import type { TargetedKeyboardEvent } from "preact";
import { announce } from "../model/live.ts";
import { details } from "../model/services.ts";
import { snippets } from "../model/snippets.ts";
import { Icon } from "./Icon.tsx";

export function Snippets({ id }: { id: string }) {
  const chosen = useSignal(0);
  const all = snippets(location.origin, id, details.value[id]?.auth?.required ?? true);
  const { about, code, name } = all[chosen.value]!;
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const step = event.key === "ArrowLeft" ? -1 : 1;
    event.preventDefault();
    chosen.value = (chosen.value + step + all.length) % all.length;
    (event.currentTarget.children[chosen.value] as HTMLElement).focus();
  };
  return (
    <div class="snippets">
      <div class="tabs" role="tablist" aria-label="Ways to send a heartbeat" onKeyDown={onKeyDown}>
        {all.map((snippet, i) => (
          <button
            key={snippet.name}
            type="button"
            role="tab"
            id={`tab-${i}`}
            aria-selected={i === chosen.value}
            aria-controls="snippet"
            tabIndex={i === chosen.value ? 0 : -1}
            onClick={() => (chosen.value = i)}
          >
            {snippet.name}
          </button>
        ))}
      </div>
      <div id="snippet" role="tabpanel" aria-labelledby={`tab-${chosen.value}`}>
        <p class="faint">{about}</p>
        <pre tabIndex={0} aria-label={`Code for ${name}`}>
          <code>{code}</code>
        </pre>
        <Copy text={code} />
      </div>
    </div>
  );
}

function Copy({ text }: { text: string }) {
  const done = useSignal("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      done.value = text;
      announce("Copied");
    } catch {
      announce("The browser does not let the page copy");
    }
  };
  return (
    <button type="button" onClick={() => void copy()}>
      <Icon name="copy" />
      {done.value === text ? "Copied" : "Copy"}
    </button>
  );
}
