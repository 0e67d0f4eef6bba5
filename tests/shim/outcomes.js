// Outcomes as the core gives them, for cores that follow a script.

const encoder = new TextEncoder();

export const bytesOf = (text) => encoder.encode(text);
export const reply = { status: 200, headers: {}, body: null };

// `texts` are {key: text}.
export const named = (texts) => Object.entries(texts).map(([key, text]) => ({ key, bytes: bytesOf(text) }));

export const done = (more = {}) => ({
  kind: "done",
  rows: [],
  merges: [],
  puts: [],
  sends: [],
  continuation: new Uint8Array(),
  followUps: [],
  reply,
  logs: [],
  ...more,
});

export const ask = (more) => ({ kind: "ask", rows: [], documents: [], ranges: [], logs: [], ...more });
