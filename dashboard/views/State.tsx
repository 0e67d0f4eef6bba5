// A state as a word with its shape.
import type { Status } from "../model/data.ts";
import { isStatus, statusWord } from "../model/services.ts";
import { StateIcon } from "./Icon.tsx";

export function State({ status }: { status: string }) {
  const known: Status = isStatus(status) ? status : "unknown";
  return (
    <span class={`word ${known}`}>
      <StateIcon status={known} /> {statusWord(known)}
    </span>
  );
}
