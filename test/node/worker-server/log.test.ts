import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { SocketClient } from '../../fixtures/server/socket-client.ts';

vi.setConfig({ testTimeout: 60_000 });

const PROGRAM = join(import.meta.dirname, '../../bench/serve-synth.ts');
const TOKEN = 'a-token-that-no-log-may-hold';
const WORDS = 'zebra saxophone at midnight';
const QUESTION = 'who is the person with the umbrella';
const ID = 'Zm9yYmlkZGVuLWluLWxvZw';

test('the log contains jobs as lines of JSON, but no prompts, tokens, tickets, addresses or ids', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'immersivaudio-data-'));
  const env = {
    ...process.env,
    ...{ PORT: '0', DATA_DIR: dataFolder, ENGINE: 'synth', LOG_LEVEL: 'debug', TOKEN, GRACE_SECONDS: '0' },
  };
  const child = spawn(process.execPath, [PROGRAM], { stdio: ['ignore', 'pipe', 'pipe'], env });
  let log = '';
  child.stderr.on('data', (data: Buffer) => (log += data.toString()));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const url = `http://127.0.0.1:${Number(line.toString())}`;
  const headers = { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' };

  const answer = await fetch(`${url}/api/v1/tickets`, { method: 'POST', headers });
  const { ticket } = (await answer.json()) as { ticket: string };
  {
    await using client = await SocketClient.open(url.replace('http', 'ws') + '/ws', { hello: false });
    client.send({ t: 'hello', v: 1, ticket });
    await client.receive('welcome');
    client.send({ t: 'generate', job: ID, spec: { engine: 'synth', music: WORDS, seconds: 1 } });
    await client.receive('done');
    client.send(`no message, but ${WORDS}`);
    await client.receive('error');
  }
  const form = new FormData();
  form.set('spec', JSON.stringify({ engine: 'synth', question: QUESTION }));
  form.set('still', new File([QUESTION], 'still', { type: 'image/png' }));
  const { Authorization } = headers;
  await fetch(`${url}/api/v1/jobs`, { method: 'POST', headers: { Authorization }, body: form });
  await fetch(`${url}/api/v1/engines`, { headers: { Authorization: `Bearer ${TOKEN}x` } });

  child.kill('SIGTERM');
  await once(child, 'exit');
  rmSync(dataFolder, { recursive: true });
  const lines = log
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as { msg: string; job?: string });
  expect(lines.map(({ msg }) => msg)).toEqual(
    expect.arrayContaining([
      'server started',
      'socket opened',
      'job accepted',
      'socket closed',
      'server stopped',
    ]),
  );
  expect(lines.find(({ msg }) => msg === 'job accepted')!.job).toMatch(/^[0-9a-f]{12}$/);
  for (const secret of [WORDS, QUESTION, TOKEN, ticket, ID, '127.0.0.1']) expect(log).not.toContain(secret);
});
