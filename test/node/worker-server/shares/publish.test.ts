import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeFilm } from '../../../fixtures/shares/make-film.ts';
import { makeRecipe } from '../../../fixtures/shares/make-recipe.ts';
import { makeWav } from '../../../fixtures/shares/make-wav.ts';
import { filmSpec, ShareClient } from '../../../fixtures/shares/share-client.ts';
import { runTestServer } from '../../../fixtures/server/run-test-server.ts';

vi.setConfig({ testTimeout: 30_000 });

const jpeg = () =>
  sharp({ create: { width: 320, height: 180, channels: 3, background: '#336699' } })
    .jpeg()
    .toBuffer();

test('a film is uploaded, published and downloaded byte for byte, in whole and in ranges', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const film = await makeFilm();
  const { id, url, expiresAt } = await client.share(film, {}, await jpeg());
  expect(url).toBe(`${server.url}/s/${id}`);
  expect(id).toMatch(/^[0-9A-Za-z]{22}$/);
  expect((Date.parse(expiresAt) - Date.now()) / 86_400_000).toBeCloseTo(30, 2);
  const whole = await client.ask(`/s/${id}/media`);
  expect(whole.status).toBe(200);
  expect(whole.headers.get('Content-Type')).toBe('video/mp4');
  expect(await whole.bytes()).toEqual(film);
  const part = await client.ask(`/s/${id}/media`, { headers: { Range: 'bytes=100-199' } });
  expect(part.status).toBe(206);
  expect(part.headers.get('Content-Range')).toBe(`bytes 100-199/${film.length}`);
  expect(await part.bytes()).toEqual(film.subarray(100, 200));
});

test('its page plays without script and has absolute URLs for link previews', async () => {
  await using server = await runTestServer({ variables: { PUBLIC_URL: 'https://sound.example' } });
  const client = new ShareClient(server.url);
  const { id, url } = await client.share(await makeFilm(), { recipe: makeRecipe() }, await jpeg());
  expect(url).toBe(`https://sound.example/s/${id}`);
  const page = await (await client.ask(`/s/${id}`)).text();
  expect(page).toMatch(new RegExp(`<video[^>]*controls[^>]*poster="/s/${id}/poster.jpg"`, 's'));
  expect(page).toMatch(new RegExp(`<source\\s+src="/s/${id}/media"\\s+type="video/mp4"`));
  expect(page).toMatch(new RegExp(`<track[^>]*kind="captions"[^>]*src="/s/${id}/captions.vtt"`, 's'));
  expect(page).not.toContain('<script');
  for (const tag of [
    `<meta property="og:title" content="A dog in the rain"`,
    `<meta property="og:url" content="https://sound.example/s/${id}"`,
    `<meta property="og:image" content="https://sound.example/s/${id}/card.jpg"`,
    `<meta property="og:video" content="https://sound.example/s/${id}/media"`,
    `<meta property="og:video:type" content="video/mp4"`,
    `<meta name="twitter:card" content="player"`,
    `<meta name="twitter:player" content="https://sound.example/embed/${id}"`,
    `<meta name="robots" content="noindex, nofollow"`,
  ]) {
    expect(page, tag).toContain(tag);
  }
  expect(page).toContain(`href="/?remix=${id}"`);
  expect(await (await client.ask(`/s/${id}/recipe.json`)).json()).toEqual(makeRecipe());
  const captions = await client.ask(`/s/${id}/captions.vtt`);
  expect(captions.headers.get('Content-Type')).toBe('text/vtt; charset=utf-8');
  expect(await captions.text()).toBe('WEBVTT\n\n00:00:00.500 --> 00:00:01.500\n[dog barks]\n');
  const card = await sharp(await (await client.ask(`/s/${id}/card.jpg`)).bytes()).metadata();
  expect([card.width, card.height, card.format]).toEqual([1200, 630, 'jpeg']);
});

test('the embedded player may be framed, the page may not', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const { id } = await client.share(await makeFilm());
  const embed = await client.ask(`/embed/${id}`);
  expect(embed.headers.get('Content-Security-Policy')).toContain('frame-ancestors *');
  expect(embed.headers.get('X-Frame-Options')).toBeNull();
  expect(await embed.text()).toContain('<video');
  const page = await client.ask(`/s/${id}`);
  expect(page.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
});

test('a recipe is published with its sound and a waveform instead of the film', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const wav = makeWav(1);
  const recipe = makeRecipe();
  const peaks = Array.from({ length: 200 }, (_, index) => index);
  const { id } = await client.share(wav, { form: 'recipe', recipe, peaks });
  const page = await (await client.ask(`/s/${id}`)).text();
  expect(page).toContain('<audio');
  expect(page).not.toContain('<video');
  expect(page).toContain('calm piano');
  expect(page).toContain('class="wave"');
  expect(await (await client.ask(`/s/${id}/media`)).bytes()).toEqual(wav);
  expect((await client.ask(`/s/${id}/poster.jpg`)).status).toBe(404);
  expect((await sharp(await (await client.ask(`/s/${id}/card.jpg`)).bytes()).stats()).isOpaque).toBe(true);
});

test('the language of a page is that of Accept-Language', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const { id } = await client.share(await makeFilm());
  const words = { de: 'Mach deinen eigenen', it: 'Crea la tua', fr: 'Make your own' };
  for (const [language, word] of Object.entries(words)) {
    const headers = { 'Accept-Language': `${language}-XX,en;q=0.5` };
    expect(await (await client.ask(`/s/${id}`, { headers })).text(), language).toContain(word);
  }
});

test('publishing again gives the same link, but only with the same secret', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const { id, upload, secret } = await client.share(await makeFilm());
  const again = await client.publish(filmSpec(upload, secret));
  expect(again.status).toBe(201);
  expect(((await again.json()) as { id: string }).id).toBe(id);
  expect((await client.publish(filmSpec(upload, 'another secret'))).status).toBe(409);
});

test('publishing the same upload twice in parallel gives one link', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const upload = await client.upload(await makeFilm());
  const both = await Promise.all([1, 2].map(() => client.publish(filmSpec(upload, 'secret'))));
  const ids = await Promise.all(both.map(async (answer) => ((await answer.json()) as { id: string }).id));
  expect(both.map(({ status }) => status)).toEqual([201, 201]);
  expect(ids[0]).toBe(ids[1]);
});

test('an interrupted upload is resumed', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const film = await makeFilm();
  const place = new URL((await client.begin(film.length)).headers.get('Location')!, server.url).pathname;
  await client.append(place, 0, film.subarray(0, 1000));
  const head = await client.ask(place, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } });
  expect(head.headers.get('Upload-Offset')).toBe('1000');
  expect((await client.publish(filmSpec(place.slice(-32), 'secret'))).status).toBe(409);
  expect((await client.append(place, 1000, film.subarray(1000))).status).toBe(204);
  const answer = await client.publish(filmSpec(place.slice(-32), 'secret'));
  const { id } = (await answer.json()) as { id: string };
  expect(await (await client.ask(`/s/${id}/media`)).bytes()).toEqual(film);
});

test('the bytes before a connection is reset in the middle of a request are kept', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'immersivaudio-cut-'));
  onTestFinished(() => rmSync(dataFolder, { recursive: true }));
  await using server = await runTestServer({ dataFolder });
  const client = new ShareClient(server.url);
  const film = await makeFilm();
  const place = new URL((await client.begin(film.length)).headers.get('Location')!, server.url).pathname;
  const file = join(dataFolder, 'uploads', place.slice(-32));
  const socket = connect(server.port, '127.0.0.1');
  const headers = `Host: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Length: ${film.length}`;
  socket.write(
    `PATCH ${place} HTTP/1.1\r\n${headers}\r\nContent-Type: application/offset+octet-stream\r\n\r\n`,
  );
  socket.write(film.subarray(0, 70_000));
  const offset = async () => {
    const head = await client.ask(place, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } });
    return Number(head.headers.get('Upload-Offset'));
  };
  await expect.poll(() => statSync(file).size, { timeout: 10_000 }).toBe(70_000);
  socket.resetAndDestroy();
  await expect.poll(offset, { timeout: 15_000 }).toBe(70_000);
  expect((await client.append(place, 70_000, film.subarray(70_000))).status).toBe(204);
  const answer = await client.publish(filmSpec(place.slice(-32), 'secret'));
  const { id } = (await answer.json()) as { id: string };
  expect(await (await client.ask(`/s/${id}/media`)).bytes()).toEqual(film);
});

test('a server without links has none of their routes', async () => {
  await using server = await runTestServer({ variables: { SHARES: 'off' } });
  const client = new ShareClient(server.url);
  expect((await client.ask('/api/v1/shares')).status).toBe(404);
  expect((await client.begin(100)).status).toBe(404);
  expect((await client.ask('/s/0123456789abcdefghijkl')).status).toBe(404);
});
