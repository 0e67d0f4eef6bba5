// Which view is shown. The overview stays where it is while another one is open, so that it comes back as it was left.
import { useEffect, useRef } from "preact/hooks";
import { route } from "../model/route.ts";
import { Overview } from "./Overview.tsx";
import { Compare } from "./Compare.tsx";
import { ServiceView } from "./ServiceView.tsx";
import { Wall } from "./Wall.tsx";

export function App() {
  const { view, serviceId } = route.value;
  useReturn(view, serviceId);
  return (
    <>
      <div class="overview" hidden={view !== "overview"}>
        <Overview />
      </div>
      {view === "service" && <ServiceView key={serviceId} id={serviceId} />}
      {view === "compare" && <Compare />}
      {view === "wall" && <Wall />}
    </>
  );
}

// Back in the overview, the reader is where he was: at the same height, on the link that he followed.
function useReturn(view: string, serviceId: string): void {
  const before = useRef(view);
  const height = useRef(0);
  const focused = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (view !== "overview") return;
    const rememberHeight = () => (height.current = scrollY);
    const rememberFocus = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && target.closest(".overview")) focused.current = target;
    };
    addEventListener("scroll", rememberHeight, { passive: true });
    addEventListener("focusin", rememberFocus);
    return () => {
      removeEventListener("scroll", rememberHeight);
      removeEventListener("focusin", rememberFocus);
    };
  }, [view]);
  useEffect(() => {
    const isBack = view === "overview" && before.current !== "overview";
    before.current = view;
    if (!isBack) return;
    scrollTo(0, height.current);
    (focused.current?.isConnected ? focused.current : document.getElementById("main"))?.focus({
      preventScroll: true,
    });
  }, [view, serviceId]);
}
