// Parts of the snapshot that only one view needs, which are asked for when it is opened, and again with each snapshot in
// which they may have changed.
import { signal, useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { getJson } from "./api.ts";
import { snapshot } from "./refresh.ts";

export interface Part<T> {
  answer: T | null; // the last one
  problem: string; // why there is no newer one; else empty
}

// `version` says whether an answer is still that of the snapshot; what could not be had is asked for with the next one.
export function usePart<T>(path: string, version: unknown): Part<T> {
  const part = useSignal<Part<T>>({ answer: null, problem: "" });
  const retries = useSignal(0);
  const wanted = useRef(signal("")).current;
  wanted.value = JSON.stringify([path, version, retries.value]);
  useSignalEffect(() => {
    void snapshot.value;
    if (part.peek().problem) retries.value = retries.peek() + 1;
  });
  useSignalEffect(() => {
    const [asked] = JSON.parse(wanted.value) as [string];
    const abort = new AbortController();
    getJson<T>(asked, abort.signal)
      .then((answer) => (part.value = { answer, problem: "" }))
      .catch((error: Error) => {
        if (!abort.signal.aborted) part.value = { answer: part.peek().answer, problem: error.message };
      });
    return () => abort.abort();
  });
  return part.value;
}
