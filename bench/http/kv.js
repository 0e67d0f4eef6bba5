// What stands in for KV: the runtime's binding asks it for documents over HTTP, as it does on the platform.

const documents = new Map();

export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (request.method === "PUT") {
      documents.set(pathname, await request.arrayBuffer());
      return new Response(null);
    }
    const bytes = documents.get(pathname);
    return bytes ? new Response(bytes) : new Response(null, { status: 404 });
  },
};
