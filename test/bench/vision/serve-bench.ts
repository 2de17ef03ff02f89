import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};
const RUNTIME = fileURLToPath(new URL('.', import.meta.resolve('onnxruntime-web/webgpu')));
/** The runtime alone, without the app, runs a graph in this worker. */
const WORKER = join(import.meta.dirname, 'run-graph.worker.js');

/**
 * Serves the built app, isolated as worker-server does it, with further files by address, and below `/runtime/` the
 * files of onnxruntime-web and the worker that runs a graph.
 */
export async function serveBench(
  build: string,
  files: Record<string, string | Uint8Array>,
): Promise<{ address: string; requests: string[]; close: () => void }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    if (request.method === 'GET') requests.push(pathname);
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    const given = files[pathname];
    const path = typeof given === 'string' ? given : find(build, pathname);
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    if (given instanceof Uint8Array) {
      response.setHeader('Content-Length', given.length);
      return void response.end(request.method === 'HEAD' ? undefined : given);
    }
    if (pathname.startsWith('/models/') && !given && !existsSync(join(build, pathname))) {
      return void response.writeHead(404).end();
    }
    response.setHeader('Content-Type', type);
    response.setHeader('Content-Length', statSync(path).size);
    if (request.method === 'HEAD') return void response.end();
    createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    /** The paths of all files that were asked for so far, in order. */
    requests,
    close: () => (server.closeAllConnections(), void server.close()),
  };
}

/** Whether there is a build to serve. */
export function hasBuild(build: string): boolean {
  return existsSync(join(build, 'app.html')) && readFileSync(join(build, 'app.html')).length > 0;
}

function find(build: string, pathname: string): string {
  if (pathname === '/runtime/run-graph.worker.js') return WORKER;
  if (pathname.startsWith('/runtime/')) return join(RUNTIME, pathname.slice('/runtime/'.length));
  const candidates = [pathname, `${pathname}.html`, `${pathname}/index.html`].map((path) =>
    join(build, path),
  );
  return candidates.find((path) => existsSync(path) && statSync(path).isFile()) ?? join(build, 'app.html');
}
