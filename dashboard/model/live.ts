// What is read out to those who do not see the page.
import { signal } from "@preact/signals";

export const liveText = signal("");

export function announce(text: string): void {
  liveText.value = text;
}
