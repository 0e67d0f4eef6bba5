// The one tooltip of the page. It stays while the pointer is on it, and goes with Escape.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { signal } from "@preact/signals";

interface TipAt {
  x: number;
  top: number;
  bottom: number;
  owner: string;
  content: ComponentChildren;
}

const kLingerMs = 120; // for the pointer to get from what is explained to the tip
const kEdge = 8; // px

const tip = signal<TipAt | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

export function showTip(at: TipAt): void {
  clearTimeout(timer);
  tip.value = at;
}

export function hideTip(): void {
  clearTimeout(timer);
  timer = setTimeout(() => (tip.value = null), kLingerMs);
}

export function startTips(): void {
  addEventListener("keydown", ({ key }) => key === "Escape" && (tip.value = null));
  addEventListener("scroll", () => (tip.value = null), { passive: true });
  addEventListener("pointerdown", ({ target }) => {
    if (!(target as Element).closest?.(".bars, .tip")) tip.value = null;
  });
}

// Above what it explains, or below where there is no room.
export function Tip() {
  const box = useRef<HTMLDivElement>(null);
  const at = tip.value;
  useLayoutEffect(() => {
    if (!at || !box.current) return;
    const { offsetWidth: width, offsetHeight: height, style } = box.current;
    const left = Math.min(
      Math.max(at.x - width / 2, kEdge),
      document.documentElement.clientWidth - width - kEdge,
    );
    style.left = `${left}px`;
    style.top = `${at.top - height - kEdge >= 0 ? at.top - height - kEdge : at.bottom + kEdge}px`;
  });
  return at ? (
    <div
      class="tip"
      ref={box}
      aria-hidden="true"
      onPointerEnter={() => clearTimeout(timer)}
      onPointerLeave={hideTip}
    >
      {at.content}
    </div>
  ) : null;
}
