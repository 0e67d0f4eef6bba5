// The dashboard in a browser, served by the whole Worker. All files share one monitor and one browser.

import { shareSite } from "./fixture.js";

shareSite();

await import("./delivery.js");
await import("./overview.js");
await import("./services.js");
await import("./service_view.js");
await import("./live.js");
await import("./one_truth.js");
await import("./alerts.js");
await import("./export.js");
await import("./look.js");
await import("./views.js");
await import("./access.js");
await import("./bad_input.js");
