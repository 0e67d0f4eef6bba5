import { worker } from "./worker.js";

export default worker({ now: Date.now });
