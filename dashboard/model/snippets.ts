// Ways to send a service's heartbeats, ready to copy. The key is never among them: it is read from the environment
// or from a file.

export interface Snippet {
  name: string;
  about: string;
  code: string;
}

export function snippets(base: string, id: string, needsKey: boolean): Snippet[] {
  const url = `${base}/api/heartbeat/${encodeURIComponent(id)}`;
  return [
    { name: "curl", about: "One line, also for a crontab.", code: curl(url, needsKey) },
    {
      name: "bash",
      about: "With clients/heartbeat.sh: retries, and wraps a job.",
      code: bash(base, id, needsKey),
    },
    { name: "Python", about: "Nothing but the standard library.", code: python(url, needsKey) },
    { name: "Node", about: "Nothing but Node 18 or later.", code: node(url, needsKey) },
    { name: "systemd", about: "With the units of clients/systemd.", code: systemd(base, id, needsKey) },
    {
      name: "Docker",
      about: "Built from clients/docker; beats every two minutes.",
      code: docker(base, id, needsKey),
    },
  ];
}

const curl = (url: string, needsKey: boolean): string =>
  `curl -fsS -o /dev/null -m 20 --retry 3 --retry-connrefused -X POST ${needsKey ? '-H "Authorization: Bearer $HEARTBEAT_KEY" ' : ""}${url}`;

const keyFile = (needsKey: boolean): string =>
  needsKey ? "\nexport HEARTBEAT_KEY_FILE=/etc/heartbeat.key" : "";

const bash = (
  base: string,
  id: string,
  needsKey: boolean,
): string => `export HEARTBEAT_URL=${base}${keyFile(needsKey)}

heartbeat.sh --service ${id}

# or around a job, whose success or failure is reported:
heartbeat.sh --service ${id} -- /usr/local/bin/backup`;

const python = (
  url: string,
  needsKey: boolean,
): string => `${needsKey ? "import os\n" : ""}import urllib.request

request = urllib.request.Request("${url}", method="POST")
${needsKey ? 'request.add_header("Authorization", "Bearer " + os.environ["HEARTBEAT_KEY"])\n' : ""}urllib.request.urlopen(request, data=b"", timeout=20)`;

const node = (url: string, needsKey: boolean): string => `const response = await fetch("${url}", {
  method: "POST",${needsKey ? "\n  headers: { Authorization: `Bearer ${process.env.HEARTBEAT_KEY}` }," : ""}
  signal: AbortSignal.timeout(20_000),
});
if (!response.ok) throw new Error(await response.text());`;

const systemd = (base: string, id: string, needsKey: boolean): string => `# /etc/heartbeat.env
HEARTBEAT_URL=${base}${needsKey ? "\nHEARTBEAT_KEY=…" : ""}

# then, with heartbeat@.service and heartbeat@.timer in /etc/systemd/system:
systemctl daemon-reload
systemctl enable --now heartbeat@${id}.timer`;

const docker = (
  base: string,
  id: string,
  needsKey: boolean,
): string => `docker run -d --read-only --tmpfs /tmp \\
  -e HEARTBEAT_URL=${base} ${needsKey ? "-e HEARTBEAT_KEY " : ""}\\
  heartbeat --service ${id}`;
