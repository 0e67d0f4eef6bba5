// Lets the Worker's cron run: a POST to it is a minute.

export default {
  async fetch(request, { MONITOR: monitor }) {
    const scheduledTime = new Date(Number(new URL(request.url).searchParams.get("at")));
    const { outcome } = await monitor.scheduled({ scheduledTime, cron: "* * * * *" });
    return new Response(outcome);
  },
};
