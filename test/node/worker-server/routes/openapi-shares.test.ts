import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeWav } from '../../../fixtures/shares/make-wav.ts';
import { makeRecipe } from '../../../fixtures/shares/make-recipe.ts';
import { filmSpec } from '../../../fixtures/shares/share-client.ts';
import { fetchChecked } from '../../../fixtures/server/openapi-check.ts';
import { runTestServer } from '../../../fixtures/server/run-test-server.ts';

const TUS = { 'Tus-Resumable': '1.0.0' };

test('publishing follows the API description, from the limits to the deletion of the link', async () => {
  await using server = await runTestServer();
  const shares = `${server.url}/api/v1/shares`;
  expect((await fetchChecked(shares)).status).toBe(200);
  const wav = makeWav(1);
  const begun = await fetchChecked(`${shares}/uploads`, {
    method: 'POST',
    headers: { ...TUS, 'Upload-Length': String(wav.length) },
  });
  expect(begun.status).toBe(201);
  const place = new URL(begun.headers.get('Location')!, server.url).href;
  expect((await fetchChecked(place, { method: 'HEAD', headers: TUS })).headers.get('Upload-Offset')).toBe(
    '0',
  );
  const sent = await fetchChecked(place, {
    method: 'PATCH',
    headers: { ...TUS, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' },
    body: new Uint8Array(wav),
  });
  expect(sent.status).toBe(204);
  const secret = randomBytes(32).toString('base64url');
  const recipe = { form: 'recipe', recipe: makeRecipe(), peaks: [1, 2, 3] };
  const spec = { ...filmSpec(place.slice(-32), secret), ...recipe };
  const publish = async (what: object) => {
    const form = new FormData();
    form.set('spec', JSON.stringify(what));
    return fetchChecked(shares, { method: 'POST', body: form });
  };
  expect((await publish({ ...spec, days: 2 })).status).toBe(400);
  const published = await publish(spec);
  expect(published.status).toBe(201);
  const { id } = published.body as { id: string };
  const link = `${server.url}/s/${id}`;
  const asMaker = { headers: { Authorization: `Bearer ${secret}` } };
  const asOther = { headers: { Authorization: 'Bearer nobody' } };
  expect((await fetchChecked(link, { method: 'DELETE', ...asOther })).status).toBe(403);
  expect((await fetchChecked(link, { method: 'DELETE', ...asMaker })).status).toBe(204);
  expect((await fetchChecked(`${link}/restore`, { method: 'POST', ...asMaker })).status).toBe(204);
});
