import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { makeFilm } from '../../../fixtures/shares/make-film.ts';
import { makeRecipe } from '../../../fixtures/shares/make-recipe.ts';
import { filmSpec, ShareClient } from '../../../fixtures/shares/share-client.ts';
import { runTestServer } from '../../../fixtures/server/run-test-server.ts';

vi.setConfig({ testTimeout: 30_000 });

const bytes = (text: string) => new TextEncoder().encode(text);
const PAGE = '<!doctype html><script>alert(document.domain)</script>';

test('path traversal is answered with 404 in every encoding', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const { id } = await client.share(await makeFilm());
  const climbing = [
    ...['/s/../shares.sqlite', '/s/%2e%2e%2fshares.sqlite', '/s/..%5cshares.sqlite', '/s/%00'],
    ...[`/s/${id}/../../shares.sqlite`, `/s/${id}/%2e%2e%2f%2e%2e%2fshares.sqlite`, `/s/${id}/media/..`],
    ...[`/s/${id}.media`, '/shares.sqlite', '/uploads/x', '/embed/..%2f..%2fetc%2fpasswd'],
    ...['/api/v1/shares/uploads/..%2f..%2fetc%2fpasswd', '/api/v1/shares/uploads/..%2fshares.sqlite'],
  ];
  for (const path of climbing) {
    const [status, text] = await rawGet(server.port, path);
    expect([301, 308, 400, 404], path).toContain(status);
    expect(text, path).not.toContain('SQLite format');
  }
});

test('an upload can’t be downloaded, not even with X-HTTP-Method-Override', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const upload = await client.upload(bytes(PAGE));
  const place = `/api/v1/shares/uploads/${upload}`;
  expect((await client.ask(place)).status).toBe(400);
  const disguised = { 'X-HTTP-Method-Override': 'GET', 'Tus-Resumable': '1.0.0' };
  expect((await client.ask(place, { method: 'POST', headers: disguised })).status).toBe(400);
});

test('after thirty unknown ids even existing links are refused', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const { id } = await client.share(await makeFilm());
  const guesses = Array.from({ length: 30 }, () => randomBytes(11).toString('hex'));
  for (const guess of guesses) expect((await client.ask(`/s/${guess}/media`)).status).toBe(404);
  expect((await client.ask(`/s/${id}/media`)).status).toBe(429);
});

test('the secret of one link does not delete another, and a wrong one deletes none', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const film = await makeFilm();
  const [mine, other] = [await client.share(film), await client.share(film)];
  const remove = (id: string, secret?: string) =>
    client.ask(`/s/${id}`, {
      method: 'DELETE',
      headers: secret === undefined ? {} : { Authorization: `Bearer ${secret}` },
    });
  expect((await remove(other.id, mine.secret)).status).toBe(403);
  expect((await remove(other.id)).status).toBe(401);
  expect((await client.ask(`/s/${other.id}`)).status).toBe(200);
  expect((await remove(mine.id, mine.secret)).status).toBe(204);
  expect((await client.ask(`/s/${mine.id}`)).status).toBe(410);
  expect((await client.ask(`/s/${mine.id}/media`)).status).toBe(404);
  expect((await client.ask(`/s/${other.id}/media`)).status).toBe(200);
});

test('after ten wrong secrets in a minute even the right one is refused', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const { id, secret } = await client.share(await makeFilm());
  const remove = (with_: string) =>
    client.ask(`/s/${id}`, { method: 'DELETE', headers: { Authorization: `Bearer ${with_}` } });
  for (let count = 0; count < 10; count++) expect((await remove(`wrong-${count}`)).status).toBe(403);
  expect((await remove(secret)).status).toBe(429);
});

test('publishing needs the server’s token, viewing does not, and the token deletes any link permanently', async () => {
  const token = 'a-secret-for-this-test-only';
  await using server = await runTestServer({ variables: { TOKEN: token } });
  const client = new ShareClient(server.url, token);
  const { id, secret } = await client.share(await makeFilm());
  const stranger = new ShareClient(server.url);
  expect((await stranger.begin(100)).status).toBe(401);
  expect((await stranger.publish(filmSpec('0'.repeat(32), 'x'))).status).toBe(401);
  expect((await stranger.ask(`/s/${id}/media`)).status).toBe(200);
  expect((await client.ask(`/s/${id}`, { method: 'DELETE' })).status).toBe(204);
  const restore = { method: 'POST', headers: { Authorization: `Bearer ${secret}` } };
  expect((await stranger.ask(`/s/${id}/restore`, restore)).status).toBe(409);
});

test('media have their own type, and a browser that opens them runs no script', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const { id } = await client.share(await makeFilm());
  const { headers } = await client.ask(`/s/${id}/media`);
  expect(headers.get('Content-Type')).toBe('video/mp4');
  expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(headers.get('Content-Security-Policy')).toBe("sandbox; default-src 'none'");
  expect(headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');
});

test('the page is not isolated, sends no referrer, and is not indexed', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const { id } = await client.share(await makeFilm());
  const { headers } = await client.ask(`/s/${id}`);
  expect(headers.get('Cross-Origin-Opener-Policy')).toBeNull();
  expect(headers.get('Cross-Origin-Embedder-Policy')).toBeNull();
  expect(headers.get('Referrer-Policy')).toBe('no-referrer');
  expect(headers.get('X-Robots-Tag')).toBe('noindex, nofollow');
  const policy = headers.get('Content-Security-Policy')!;
  for (const part of ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'none'"]) {
    expect(policy).toContain(part);
  }
  expect(policy).not.toContain('unsafe');
});

test('scripts in title, captions and prompts are escaped', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const evil = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;
  const recipe = makeRecipe();
  recipe.prompt.music = evil;
  const captions = [{ startSeconds: 0, endSeconds: 1, text: `--> ${evil}`.slice(0, 80) }];
  const { id } = await client.share(await makeFilm(), { title: evil, captions, recipe });
  for (const path of [`/s/${id}`, `/embed/${id}`]) {
    const page = await (await client.ask(path)).text();
    expect(page).not.toMatch(/<script>|<img src=x|onerror='/);
    expect(page).toContain('&lt;script&gt;');
  }
  const vtt = await (await client.ask(`/s/${id}/captions.vtt`)).text();
  expect(vtt.match(/-->/g)).toHaveLength(1);
});

test('titles contain no line breaks, control characters or bidi overrides, and can’t inject headers', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const upload = await client.upload(await makeFilm());
  for (const title of ['a\r\nSet-Cookie: x=1', 'a\u0000b', 'a\u202egpj.exe', 'x'.repeat(121)]) {
    expect((await client.publish({ ...filmSpec(upload, 's'), title })).status, JSON.stringify(title)).toBe(
      400,
    );
  }
  const title = `"; filename="x.html"; ../ü*'()`;
  const { id } = (await (await client.publish({ ...filmSpec(upload, 's'), title })).json()) as { id: string };
  const { headers } = await client.ask(`/s/${id}/media?download`);
  expect(headers.get('Content-Disposition')).toBe(
    `attachment; filename="soundtrack.mp4"; filename*=UTF-8''%22%3B%20filename%3D%22x.html%22%3B%20..%20%C3%BC%2A%27%28%29.mp4`,
  );
});

test('an invalid Host is not echoed in a page', async () => {
  await using server = await runTestServer({ variables: { TOKEN: 'a-secret-for-this-test-only' } });
  const client = new ShareClient(server.url, 'a-secret-for-this-test-only');
  const { id } = await client.share(await makeFilm());
  const [status, page] = await rawGet(server.port, `/s/${id}`, 'x"><script>alert(1)</script>');
  expect([200, 400]).toContain(status);
  expect(page).not.toContain('<script>alert');
});

test('odd ranges are ignored or refused, and never exceed the file', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const film = await makeFilm();
  const { id } = await client.share(film);
  const cases: [string, number, number][] = [
    [`bytes=${film.length}-`, 416, 0],
    ['bytes=0-0', 206, 1],
    ['bytes=-1', 206, 1],
    ['bytes=-0', 416, 0],
    ['bytes=5-2', 200, film.length],
    [`bytes=0-${'9'.repeat(15)}`, 206, film.length],
    [`bytes=0-${'9'.repeat(400)}`, 200, film.length],
    [`bytes=${Array<string>(500).fill('0-1').join(',')}`, 200, film.length],
    ['pages=1-2', 200, film.length],
  ];
  for (const [range, status, length] of cases) {
    const answer = await client.ask(`/s/${id}/media`, { headers: { Range: range } });
    expect(answer.status, range.slice(0, 40)).toBe(status);
    expect((await answer.bytes()).length, range.slice(0, 40)).toBe(length);
  }
});

test('uploads above the limits per file, address and server are refused before they are sent', async () => {
  const variables = { SHARE_MAX_BYTES: '1000', SHARE_DAY_BYTES: '1500', SHARE_TOTAL_BYTES: '1800' };
  await using server = await runTestServer({ variables });
  const client = new ShareClient(server.url);
  expect((await client.begin(1001)).status).toBe(413);
  expect((await client.begin(0)).status).toBe(400);
  expect((await client.begin(1000)).status).toBe(201);
  const day = await client.begin(501);
  expect(day.status).toBe(429);
  expect(((await day.json()) as { error: { name: string } }).error.name).toBe('ShareLimitError');
  await using small = await runTestServer({ variables: { SHARE_TOTAL_BYTES: '900' } });
  expect((await new ShareClient(small.url).begin(901)).status).toBe(503);
});

test('an upload accepts no more bytes than declared, and only at its offset', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const place = new URL((await client.begin(10)).headers.get('Location')!, server.url).pathname;
  expect((await client.append(place, 5, bytes('late'))).status).toBe(409);
  expect((await client.append(place, 0, new Uint8Array(5000))).status).toBeGreaterThanOrEqual(400);
  const head = await client.ask(place, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } });
  expect(Number(head.headers.get('Upload-Offset'))).toBeLessThanOrEqual(10);
});

test('one address has at most four open uploads', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  for (let count = 0; count < 4; count++) expect((await client.begin(10)).status).toBe(201);
  expect((await client.begin(10)).status).toBe(429);
});

test('an invalid description is refused with the path of the invalid field', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const spec = filmSpec('0'.repeat(32), 'secret');
  const wrong: [object, string][] = [
    [{ ...spec, upload: '../../etc/passwd' }, 'upload'],
    [{ ...spec, days: 36500 }, 'days'],
    [{ ...spec, form: 'html' }, 'form'],
    [{ ...spec, extra: 1 }, 'extra'],
    [{ ...spec, recipe: { ...makeRecipe(), seed: -1 } }, 'recipe.seed'],
    [{ ...spec, captions: Array(501).fill({ startSeconds: 0, endSeconds: 1, text: 'x' }) }, 'captions'],
  ];
  for (const [each, at] of wrong) {
    const answer = await client.publish(each);
    expect(answer.status, at).toBe(400);
    expect(((await answer.json()) as { at: string }).at).toBe(at);
  }
  expect((await client.publish({ ...spec, title: 'x'.repeat(1_200_000) })).status).toBe(413);
});

/** Requests a path without the normalisation of fetch. */
async function rawGet(port: number, path: string, host = 'localhost'): Promise<[number, string]> {
  const socket = connect(port, '127.0.0.1');
  socket.end(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\nConnection: close\r\n\r\n`);
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  await once(socket, 'close');
  const text = Buffer.concat(parts).toString('latin1');
  return [Number(text.split(' ')[1]), text];
}
