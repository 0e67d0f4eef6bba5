import { worker } from "./worker.js";

const { handlers, Collector } = worker({ now: Date.now, cache: caches.default });

export { Collector };
export default handlers;
