// What is drawn one step later than what is around it, so that the browser can answer to the reader in between.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { breath } from "../model/clock.ts";

interface Properties {
  children: ComponentChildren;
  onDrawn?: () => void;
}

export function Later({ children, onDrawn }: Properties) {
  const isDrawn = useSignal(false);
  useEffect(() => void breath().then(() => (isDrawn.value = true)), []);
  useEffect(() => (isDrawn.value ? onDrawn?.() : undefined), [isDrawn.value]);
  return isDrawn.value ? <>{children}</> : null;
}
