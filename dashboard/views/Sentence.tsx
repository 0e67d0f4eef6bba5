// What the monitor or a service said, with its moments in the reader's own zone.
import { Time } from "./Time.tsx";

const moments = /(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC)/; // as the monitor writes them

export function Sentence({ text }: { text: string }) {
  return <>{text.split(moments).map((part, i) => (i % 2 === 1 ? <Moment key={i} text={part} /> : part))}</>;
}

function Moment({ text }: { text: string }) {
  const at = Date.parse(text.replace(" ", "T").replace(" UTC", "Z"));
  return Number.isFinite(at) ? <Time at={at} /> : <>{text}</>;
}
