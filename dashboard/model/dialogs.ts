// Which dialog is open: one at most.
import { computed, signal } from "@preact/signals";

export const isDrawerOpen = signal(false); // of alerts
export const isExportOpen = signal(false);
export const isDialogOpen = computed(() => isDrawerOpen.value || isExportOpen.value);

export function closeDialogs(): void {
  isDrawerOpen.value = isExportOpen.value = false;
}
