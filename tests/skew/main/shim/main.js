import { worker } from "./worker.js";

const { handlers, Collector } = worker({ now: Date.now });

export { Collector };
export default handlers;
