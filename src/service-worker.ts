/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { build, files, prerendered, version } from '$service-worker';

const self = globalThis as unknown as ServiceWorkerGlobalScope;
const SHELL = `shell-${version}`;
/** The cache for a shared file, until the page reads it; see `state/incoming.ts`. */
const INCOMING = 'incoming';
/** Large files that a page has asked to keep, of whatever version of the app; see `models/obtain.ts`. */
const KEPT = 'kept';
/** Large files that most jobs never need, cached when they are first used; and screenshots for the installation. */
const ON_USE = /\.wasm$|ffmpeg|ort-wasm|neural-describer|\/models\/|\/screenshots\//;

const kept = [...build, ...files.filter((path) => !ON_USE.test(path)), ...prerendered].filter(
  (path) => !ON_USE.test(path),
);

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(kept)));
});

// A new version takes over when the last page of the old one is closed, or on request: see `AppUpdate`.
let isHurried = false;
self.addEventListener('message', (event: ExtendableMessageEvent) => {
  const data = event.data as 'take-over' | { keep: string[] };
  if (typeof data === 'object') event.waitUntil(keep(data.keep));
  if (data !== 'take-over') return;
  isHurried = true;
  void self.skipWaiting();
});

self.addEventListener('activate', (event) => event.waitUntil(clear()));

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

/** Deletes old shells. Files of theirs that were cached on use, such as ffmpeg, are kept if this version has them, too. */
async function clear(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith('shell-') && name !== SHELL);
  const shell = await caches.open(SHELL);
  for (const name of old) {
    const cache = await caches.open(name);
    const used = (await cache.keys()).filter(({ url }) => ON_USE.test(new URL(url).pathname));
    for (const request of used) {
      if (await isServed(request.url)) await shell.put(request, (await cache.match(request))!);
    }
  }
  // Other tabs may still show the previous version and need its files.
  const unused = isHurried ? old.slice(0, -1) : old;
  await Promise.all(unused.map((name) => caches.delete(name)));
}

/** Whether this version has a file; the list of the build does not name those that workers load. */
async function isServed(url: string): Promise<boolean> {
  if ([...build, ...files].includes(new URL(url).pathname)) return true;
  const answer = await fetch(url, { method: 'HEAD' }).catch(() => null);
  return answer?.ok ?? true;
}

/** Keeps these files, and of those kept so far no others: an older version's are of no use any more. */
async function keep(urls: readonly string[]): Promise<void> {
  const cache = await caches.open(KEPT);
  for (const { url } of await cache.keys()) if (!urls.includes(url)) await cache.delete(url);
  const shell = await caches.open(SHELL);
  for (const url of urls) {
    if (await cache.match(url)) continue;
    const used = await shell.match(url);
    if (used) await cache.put(url, used);
    // What fails now is asked for again by the next page.
    else await cache.add(url).catch(() => undefined);
    await shell.delete(url);
  }
}

/** Stores a shared file, which the system posts as a form, in a cache for the page that opens now. */
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

/** Pages come from the network if there is one, so that new versions are found; else from the shell. */
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

/** Files with a digest in their name never change, so they are cached for good. */
async function asset(request: Request): Promise<Response> {
  const known = await caches.match(request);
  if (known) return known;
  const response = await fetch(request);
  if (response.status === 200) await (await caches.open(SHELL)).put(request, response.clone());
  return response;
}

async function fromShell(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL);
  return (await cache.match(request, { ignoreSearch: true })) ?? Response.error();
}
