// A modal dialog: the browser itself keeps the focus in it and gives it back. Nothing outside of it can be seen or read
// out, so that it has the toasts.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./Icon.tsx";
import { Toasts } from "./Toasts.tsx";

interface Properties {
  title: string;
  kind: string;
  onClose: () => void;
  children: ComponentChildren;
}

export function Dialog({ title, kind, onClose, children }: Properties) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement as HTMLElement | null;
    dialog.current!.showModal();
    return () => opener?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={kind}
      aria-labelledby={`${kind}-title`}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current!.close()}
    >
      <div class="dialog">
        <div class="head">
          <h2 id={`${kind}-title`}>{title}</h2>
          <button type="button" class="tool" aria-label="Close" onClick={() => dialog.current!.close()}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
      <Toasts />
    </dialog>
  );
}
