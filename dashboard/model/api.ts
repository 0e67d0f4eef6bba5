// Asks the monitor; what goes wrong is said in a sentence.

export class ApiError extends Error {
  readonly status: number; // 0: there was no answer
  readonly body: string;

  constructor(message: string, status: number, body = "") {
    super(message);
    this.status = status;
    this.body = body;
  }
}

const kPatienceMs = 20_000;

export async function ask(path: string, signal?: AbortSignal): Promise<Response> {
  const limit = AbortSignal.timeout(kPatienceMs);
  let response;
  try {
    response = await fetch(path, {
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      headers: { Accept: "application/json, text/html, text/csv" },
    });
  } catch {
    if (signal?.aborted) throw new ApiError("Stopped", 0);
    throw new ApiError(
      limit.aborted ? "The monitor did not answer in time" : "The monitor cannot be reached",
      0,
    );
  }
  if (!response.ok) throw await errorOf(response);
  return response;
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await ask(path, signal);
  try {
    return (await response.json()) as T;
  } catch {
    throw new ApiError("The monitor’s answer could not be understood", response.status);
  }
}

// With the monitor's own sentence, when it has one.
async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => "");
  if (response.status === 403) return new ApiError("This is switched off in the monitor’s settings", 403);
  return new ApiError(
    sentenceIn(text) ?? `The monitor answered with error ${response.status}`,
    response.status,
    text,
  );
}

function sentenceIn(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === "string" ? error : undefined;
  } catch {
    return undefined;
  }
}
