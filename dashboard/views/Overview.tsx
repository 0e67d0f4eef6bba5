// The first view: everything in one sentence, then the services.
import { useEffect } from "preact/hooks";
import { isReadable, serviceIds, services } from "../model/services.ts";
import { AllUptimes, Groups } from "./Groups.tsx";
import { Later } from "./Later.tsx";
import { Notices } from "./Notices.tsx";
import { Cards, Overall } from "./Overall.tsx";
import { Snippets } from "./Snippets.tsx";
import { Toolbar } from "./Toolbar.tsx";

export function Overview() {
  const hasServices = serviceIds.value.length > 0;
  useEffect(() => (hasServices ? undefined : settle()), [hasServices]);
  return (
    <>
      <Overall />
      <Cards />
      <Notices />
      {isReadable.value && <FirstHeartbeat />}
      {hasServices && (
        <Later>
          <AllUptimes />
          <Toolbar />
          <Later onDrawn={settle}>
            <Groups />
          </Later>
        </Later>
      )}
    </>
  );
}

// Until here the foot of the page is kept out of sight, so that nobody sees it move.
const settle = (): void => void (document.getElementById("main")!.style.minHeight = "");

function FirstHeartbeat() {
  const ids = serviceIds.value;
  const isHeard = ids.some((id) => services.get(id)!.value.lastSeen !== null);
  if (isHeard) return null;
  return (
    <section class="hint panel" aria-labelledby="first-heartbeat">
      <h2 id="first-heartbeat">Send the first heartbeat</h2>
      <p>No service has been heard yet. From any machine, with the key of the service:</p>
      <Snippets id={ids[0] ?? "my-service"} />
      <p>It shows here within a minute or two.</p>
    </section>
  );
}
