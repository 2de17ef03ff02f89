import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { makeTinyBuild, TINY_MODULE, TINY_SCRIPT } from '../../fixtures/tiny-build.ts';
import { createApp } from '../../../worker-server/app.ts';

const build = makeTinyBuild();
afterAll(() => build[Symbol.dispose]());
const app = createApp({ buildFolder: build.folder });
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });
const MODULE = '/_app/immutable/answer.js';

test('the home page is served and revalidated each time', async () => {
  const answer = await get('/');
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('<p>home</p>');
  expect(answer.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('Cache-Control')).toBe('no-cache');
});

test('a page is served without .html in its URL', async () => {
  const answer = await get('/bench/job');
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('<p>the whole job</p>');
});

test('an unknown page is the app with status 404', async () => {
  const answer = await get('/no/such/page', { Accept: 'text/html,*/*' });
  expect(answer.status).toBe(404);
  expect(answer.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
  expect(await answer.text()).toContain('<p>app</p>');
});

test.each(['/missing.js', '/_app/immutable/missing.js'])(
  'the missing file %s is a plain 404',
  async (path) => {
    const answer = await get(path, { Accept: path.startsWith('/_app/') ? 'text/html' : '*/*' });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('There is nothing at this address.');
    expect(answer.headers.get('Cache-Control')).toBe('no-cache');
  },
);

test.each([
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Embedder-Policy', 'require-corp'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Permissions-Policy', 'camera=(), microphone=(self), geolocation=(), payment=(), usb=()'],
])('%s is sent with pages, scripts, errors and the health check', async (name, value) => {
  for (const path of ['/', MODULE, '/missing.js', '/healthz']) {
    expect((await get(path)).headers.get(name), path).toBe(value);
  }
});

test('the content security policy allows only own scripts and the inline script by its hash', async () => {
  const policy = (await get('/', { Host: 'localhost:3000' })).headers.get('Content-Security-Policy')!;
  const hash = createHash('sha256').update(TINY_SCRIPT).digest('base64');
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining([
      "default-src 'self'",
      `script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'`,
      "worker-src 'self' blob:",
      "connect-src 'self' ws://localhost:3000 blob: https://hub.example",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]),
  );
});

test.each([
  ['gpu.example.org', 'https', 'wss://gpu.example.org'],
  ['[::1]:3000', 'http', 'ws://[::1]:3000'],
  ["evil; script-src 'unsafe-inline'", 'http', "'self'"],
])(
  'pages of the host %s may open a socket there, and no host name changes the policy',
  async (name, scheme, source) => {
    const answer = await get('/', { Host: name, 'X-Forwarded-Proto': scheme });
    const policy = answer.headers.get('Content-Security-Policy')!.split('; ');
    expect(policy.find((line) => line.startsWith('connect-src'))).toBe(
      `connect-src 'self' ${source} blob: https://hub.example`,
    );
  },
);

test('pages may connect only to the configured servers, by fetch and by socket', async () => {
  const connected = createApp({ buildFolder: build.folder, connectOrigins: ['https://gpu.example.org'] });
  const policy = (await connected.request('/')).headers.get('Content-Security-Policy')!;
  expect(policy).toContain('blob: https://hub.example https://gpu.example.org wss://gpu.example.org;');
  expect(policy).not.toContain('connect-src *');
});

test('without a generation server there is no API', async () => {
  const answer = await get('/api/v1/engines');
  expect(answer.status).toBe(404);
  expect(answer.headers.get('Content-Type')).not.toContain('json');
});

test('HSTS is sent only over https', async () => {
  expect((await get('/')).headers.get('Strict-Transport-Security')).toBeNull();
  const header = 'max-age=31536000; includeSubDomains';
  const proxied = await get('/', { 'X-Forwarded-Proto': 'https' });
  expect(proxied.headers.get('Strict-Transport-Security')).toBe(header);
  const direct = await app.request('https://example.org/');
  expect(direct.headers.get('Strict-Transport-Security')).toBe(header);
});

test('a file with a hash in its name is immutable', async () => {
  expect((await get(MODULE)).headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
});

test.each([
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
])('a client that accepts %s gets the file with that encoding', async (encoding, decompress) => {
  const answer = await get(MODULE, { 'Accept-Encoding': `deflate, ${encoding}` });
  expect(answer.headers.get('Content-Encoding')).toBe(encoding);
  expect(answer.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
  expect(answer.headers.get('Vary')).toBe('Accept-Encoding');
  expect(decompress(await answer.arrayBuffer()).toString()).toBe(TINY_MODULE);
});

test('a client that accepts no compression gets the file uncompressed', async () => {
  const answer = await get(MODULE);
  expect(answer.headers.get('Content-Encoding')).toBeNull();
  expect(await answer.text()).toBe(TINY_MODULE);
});

test('an unchanged file is answered with 304 and no body', async () => {
  const first = await get('/sample.mp4');
  const tag = first.headers.get('ETag')!;
  const again = await get('/sample.mp4', { 'If-None-Match': tag });
  expect(again.status).toBe(304);
  expect(again.headers.get('ETag')).toBe(tag);
  expect(await again.text()).toBe('');
});

test('compressed and uncompressed files have different ETags', async () => {
  const plain = await get(MODULE);
  const compressed = await get(MODULE, { 'Accept-Encoding': 'br' });
  expect(plain.headers.get('ETag')).not.toBe(compressed.headers.get('ETag'));
});

test.each([
  ['bytes=0-99', 0, 99],
  ['bytes=990-', 990, 999],
  ['bytes=-10', 990, 999],
  ['bytes=900-5000', 900, 999],
])('the range %s is answered with those bytes', async (range, start, end) => {
  const answer = await get('/sample.mp4', { Range: range });
  expect(answer.status).toBe(206);
  expect(answer.headers.get('Content-Range')).toBe(`bytes ${start}-${end}/1000`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(bytes).toEqual(Uint8Array.from({ length: end - start + 1 }, (_, index) => (start + index) % 256));
});

test('a range beyond the end of the file is refused with 416', async () => {
  const answer = await get('/sample.mp4', { Range: 'bytes=1000-' });
  expect(answer.status).toBe(416);
  expect(answer.headers.get('Content-Range')).toBe('bytes */1000');
});

test.each([
  ['/core.wasm', 'application/wasm'],
  ['/manifest.webmanifest', 'application/manifest+json'],
  ['/sample.mp4', 'video/mp4'],
])('%s has the type %s', async (path, type) => {
  expect((await get(path)).headers.get('Content-Type')).toBe(type);
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/..%5csecret.txt',
  '/%00',
  '/a/%2e%2e%2f%2e%2e/secret.txt',
])('nothing outside the build folder is served: %s', async (path) => {
  const answer = await app.request(new Request(`http://localhost${path}`));
  expect(answer.status).toBe(404);
  expect(await answer.text()).not.toContain('not for strangers');
});

test('HEAD sends the size and no body', async () => {
  const answer = await app.request('/sample.mp4', { method: 'HEAD' });
  expect(answer.headers.get('Content-Length')).toBe('1000');
  expect(await answer.text()).toBe('');
});

test('the health check answers ok and is not cached', async () => {
  const answer = await get('/healthz');
  expect(await answer.json()).toEqual({ status: 'ok', engines: [] });
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
});

test('without a built app the error says what to do', () => {
  expect(() => createApp({ buildFolder: '/no/such/folder' })).toThrow(/npm run build/);
});
