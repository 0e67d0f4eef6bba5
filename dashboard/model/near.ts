// What comes near to being seen, for what is drawn only then. One observer for all: thousands would cost more than they
// save.
const kMargin = "1000px"; // how near

const waiting = new Map<Element, () => void>();
let observer: IntersectionObserver | undefined;

// Calls back once; returns how to stop it.
export function whenNear(element: Element, work: () => void): () => void {
  const stop = () => {
    waiting.delete(element);
    observer!.unobserve(element);
  };
  waiting.set(element, () => {
    stop();
    work();
  });
  observer ??= new IntersectionObserver(callNear, { rootMargin: kMargin });
  observer.observe(element);
  return stop;
}

function callNear(entries: IntersectionObserverEntry[]): void {
  for (const { isIntersecting, target } of entries) if (isIntersecting) waiting.get(target)?.();
}
