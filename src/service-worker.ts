/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { build, files, prerendered, version } from '$service-worker';

const self = globalThis as unknown as ServiceWorkerGlobalScope;
const SHELL = `shell-${version}`;
/** Where a file that was shared into the app waits for the page; see `state/incoming.ts`. */
const INCOMING = 'incoming';
/** Tens of megabytes that most jobs never need, kept once they were used; and pictures for the installation. */
const ON_USE = /\.wasm$|ffmpeg|ort-wasm|\/models\/|\/screenshots\//;

const kept = [...build, ...files.filter((path) => !ON_USE.test(path)), ...prerendered].filter(
  (path) => !ON_USE.test(path),
);

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(kept)));
});

// A new version takes over only when the last page of the old one is closed, so this breaks no open project.
self.addEventListener('activate', (event) => {
  const clear = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith('shell-') && name !== SHELL);
    await Promise.all(old.map((name) => caches.delete(name)));
  };
  event.waitUntil(clear());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === 'POST' && url.pathname === '/share') event.respondWith(takeIn(request));
  else if (request.method !== 'GET' || url.pathname.startsWith('/api/')) return;
  else if (request.mode === 'navigate') event.respondWith(page(request));
  else if (url.pathname.startsWith('/_app/immutable/')) event.respondWith(asset(request));
  else event.respondWith(fetch(request).catch(() => fromShell(request)));
});

/** The phone's share sheet posts a form: its file waits in a cache for the page that opens now. */
async function takeIn(request: Request): Promise<Response> {
  const file = (await request.formData()).get('media');
  if (file instanceof File) {
    const cache = await caches.open(INCOMING);
    await cache.put(
      '/incoming',
      new Response(file, { headers: { 'X-Name': encodeURIComponent(file.name) } }),
    );
  }
  return Response.redirect('/?incoming', 303);
}

/** Pages come from the network when there is one, so that a new version is seen; else from the shell. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    const cache = await caches.open(SHELL);
    return (
      (await cache.match(request, { ignoreSearch: true })) ?? (await cache.match('/')) ?? Response.error()
    );
  }
}

/** Files with a digest in their name never change: once here, they stay. */
async function asset(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL);
  const known = await cache.match(request);
  if (known) return known;
  const response = await fetch(request);
  if (response.status === 200) await cache.put(request, response.clone());
  return response;
}

async function fromShell(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL);
  return (await cache.match(request, { ignoreSearch: true })) ?? Response.error();
}
