// Turns the page's UTC times into the reader's own. The page is complete without it.

const now = new Date();
const clock = { hour: "2-digit", minute: "2-digit" };
const thisYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", ...clock });
const otherYear = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

for (const time of document.querySelectorAll("time")) {
  const date = new Date(time.dateTime);
  const format = date.getFullYear() === now.getFullYear() ? thisYear : otherYear;
  time.title = time.textContent;
  time.textContent = format.format(date);
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
document.querySelector("#zone").textContent = `Times are in ${zone}.`;
