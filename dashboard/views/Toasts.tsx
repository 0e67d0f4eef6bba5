// Alerts as they come.
import { alertStatus, closeToast, openAlert, toasts, type Toast } from "../model/alerts.ts";
import { isDialogOpen } from "../model/dialogs.ts";
import { liveText } from "../model/live.ts";
import { Icon, StateIcon } from "./Icon.tsx";
import { Sentence } from "./Sentence.tsx";

// Where no dialog has them.
export function PageToasts() {
  return isDialogOpen.value ? null : <Toasts />;
}

export function Toasts() {
  return (
    <>
      <section class="toasts" aria-label="New alerts" aria-live="polite">
        {toasts.value.map((toast) => (
          <ToastItem key={toast.key} toast={toast} />
        ))}
      </section>
      <p class="unseen" role="status" id="live">
        {liveText.value}
      </p>
    </>
  );
}

function ToastItem({ toast }: { toast: Toast }) {
  const { key, title, text, severity, alert } = toast;
  const status = alert
    ? alertStatus(alert)
    : severity === "critical"
      ? "down"
      : severity === "warning"
        ? "degraded"
        : "up";
  const open = () => {
    closeToast(key);
    openAlert(toast);
  };
  return (
    <article class={`toast ${status}`}>
      <StateIcon status={status} />
      <div>
        <h3 dir="auto">
          <button type="button" class="plainly" onClick={open}>
            {title}
          </button>
        </h3>
        {text && (
          <p dir="auto">
            <Sentence text={text} />
          </p>
        )}
      </div>
      <button type="button" class="tool" aria-label={`Close: ${title}`} onClick={() => closeToast(key)}>
        <Icon name="close" />
      </button>
    </article>
  );
}
