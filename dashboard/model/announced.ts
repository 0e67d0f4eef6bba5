// Which alerts were announced already, in this tab or another. IndexedDB's transactions see what every tab did, which the local
// storage does not promise. Where it is not allowed, each tab knows of itself.
import { isTexts } from "./storage.ts";

const kMostRemembered = 1000; // ids; the monitor keeps no more alerts than that

let announcedHere: string[] | undefined; // undefined: nothing was offered yet

// Those of the ids that were not announced; from here on they are. What a first visit finds is history.
export async function takeNew(ids: readonly string[]): Promise<string[]> {
  try {
    return await inStore((announced) => sorted(ids, announced));
  } catch {
    const { fresh, announced } = sorted(ids, announcedHere);
    announcedHere = announced;
    return fresh;
  }
}

interface Sorted {
  fresh: string[];
  announced: string[];
}

function sorted(ids: readonly string[], before: unknown): Sorted {
  const known = new Set(isTexts(before) ? before : ids);
  return {
    fresh: ids.filter((id) => !known.has(id)),
    announced: [...new Set([...ids, ...known])].slice(0, kMostRemembered),
  };
}

// One transaction: reads which were announced, writes which are announced then. The store calls them "told".
async function inStore(sort: (announced: unknown) => Sorted): Promise<string[]> {
  const database = await opened();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("alerts", "readwrite");
    const store = transaction.objectStore("alerts");
    const reading = store.get("told");
    let fresh: string[] = [];
    reading.onsuccess = () => {
      const result = sort(reading.result);
      fresh = result.fresh;
      store.put(result.announced, "told");
    };
    transaction.oncomplete = () => resolve(fresh);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

let opening: Promise<IDBDatabase> | undefined;

const opened = (): Promise<IDBDatabase> =>
  (opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("heartbeat", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("alerts");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  }));
