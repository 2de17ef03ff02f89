import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { RemoteRequest } from '#lib/remote/remote-request.ts';
import { cutOff, follow, REQUEST } from '../../fixtures/remote/follow-script.ts';
import { twoParts, type Script } from '../../fixtures/remote/scripted-server.ts';

const { stream, parts, result } = twoParts();
const accepted = { t: 'accepted', seq: 1, position: 1, etaMs: null } as const;

/** Says all that can be said about a job at once. */
const all: Script = (visit, message) => {
  if (message.t !== 'generate') return;
  const { job } = message;
  visit.say({ ...accepted, job });
  for (const [at, part] of parts.entries()) visit.say({ t: 'part', job, seq: 2 + at, part });
  visit.give(job, stream, 0, 1400);
  visit.give(job, stream, 1400, 2000);
  visit.say({ t: 'done', job, seq: 4, result });
};

test('a job gives its events in order, its bytes by parts, and ends with done', async () => {
  const { news, bytes, said } = await follow(all);
  expect(news).toEqual(['accepted', 'part', 'part', 'bytes', 'bytes', 'bytes', 'done']);
  expect(bytes).toEqual(stream);
  expect(said).toEqual([['hello', 'generate']]);
});

test('bytes that come before their part, and a result that comes before its bytes, wait', async () => {
  const { news, bytes } = await follow((visit, message) => {
    if (message.t !== 'generate') return;
    const { job } = message;
    visit.give(job, stream, 0, 500);
    visit.say({ ...accepted, job });
    visit.say({ t: 'done', job, seq: 2, result });
    visit.give(job, stream, 500, 2000);
  });
  expect(news).toEqual(['accepted', 'bytes', 'bytes', 'bytes', 'done']);
  expect(bytes).toEqual(stream);
});

test('a connection that breaks in mid-stream is made again, and the job goes on where it was', async () => {
  const { bytes, said, news, visits } = await cutOff((visit, message) => {
    if (message.t === 'generate') {
      const { job } = message;
      visit.say({ ...accepted, job });
      for (const [at, part] of parts.entries()) visit.say({ t: 'part', job, seq: 2 + at, part });
      visit.give(job, stream, 0, 700);
    } else if (message.t === 'attach') {
      // What was said already is said again, and must change nothing.
      const { job } = message;
      visit.say({ t: 'part', job, seq: 3, part: parts[1]! });
      visit.give(job, stream, message.offset - 100, message.offset + 300);
      visit.give(job, stream, message.offset + 300, 2000);
      visit.say({ t: 'done', job, seq: 4, result });
    }
  });
  expect(said).toEqual([
    ['hello', 'generate'],
    ['hello', 'attach'],
  ]);
  expect(visits[1]!.said[1]).toMatchObject({ seq: 3, offset: 700 });
  expect(bytes).toEqual(stream);
  expect(news.filter((t) => t === 'line')).toHaveLength(2);
});

test('bytes behind a gap are thrown away, and another connection brings those that are missing', async () => {
  const { bytes, visits } = await follow((visit, message) => {
    if (message.t === 'generate') {
      const { job } = message;
      visit.say({ ...accepted, job });
      visit.give(job, stream, 0, 100);
      visit.give(job, stream, 300, 500);
    } else if (message.t === 'attach') {
      visit.give(message.job, stream, message.offset, 2000);
      visit.say({ t: 'done', job: message.job, seq: 2, result });
    }
  });
  expect(visits[1]!.said[1]).toMatchObject({ offset: 100 });
  expect(bytes).toEqual(stream);
});

test('a server that leaves out the same piece every time is given up', async () => {
  const gap: Script = (visit, message) => {
    if (message.t === 'generate') visit.say({ ...accepted, job: message.job });
    if (message.t === 'attach' || message.t === 'generate') visit.give(message.job, stream, 10, 50);
  };
  await expect(follow(gap)).rejects.toMatchObject({ name: 'RemoteJobError', isRetryable: true });
});

test('a server that lost the job gets the same request under the same id', async () => {
  const { bytes, visits } = await cutOff((visit, message) => {
    if (message.t === 'generate' && visit.number === 1) {
      visit.say({ ...accepted, job: message.job });
      visit.say({ t: 'part', job: message.job, seq: 2, part: parts[0]! });
      visit.give(message.job, stream, 0, 300);
    } else if (message.t === 'attach') {
      visit.say({
        t: 'error',
        job: message.job,
        error: { name: 'JobUnknownError', message: 'No such job.' },
      });
    } else all(visit, message, null);
  });
  const [first, second] = visits;
  expect(second!.said[2]).toEqual(first!.said[1]);
  expect(bytes).toEqual(stream);
});

test('before the job is accepted a lost connection hands it in again', async () => {
  const { said, bytes } = await follow((visit, message, still) => {
    if (visit.number === 1) visit.cut();
    else all(visit, message, still);
  });
  expect(said).toEqual([
    ['hello', 'generate'],
    ['hello', 'generate'],
  ]);
  expect(bytes).toEqual(stream);
});

test('a job of a page that is gone is attached to from its beginning', async () => {
  const { said, bytes, visits } = await follow(
    (visit, message) => {
      if (message.t !== 'attach') return;
      visit.give(message.job, stream, 0, 2000);
      visit.say({ t: 'done', job: message.job, seq: 9, result });
    },
    { isAccepted: true },
  );
  expect(said).toEqual([['hello', 'attach']]);
  expect(visits[0]!.said[1]).toMatchObject({ seq: 0, offset: 0 });
  expect(bytes).toEqual(stream);
});

test('sound that does not fit its SHA-256 comes again, once', async () => {
  const damaged = Uint8Array.from(stream, (byte, index) => (index === 1234 ? byte ^ 1 : byte));
  const script =
    (isHealed: boolean): Script =>
    (visit, message) => {
      if (message.t !== 'generate' && message.t !== 'attach') return;
      const { job } = message;
      if (message.t === 'generate') visit.say({ ...accepted, job });
      visit.give(job, message.t === 'attach' && isHealed ? stream : damaged, 0, 2000);
      visit.say({ t: 'done', job, seq: 2, result });
    };
  const { news, bytes } = await follow(script(true));
  expect(news.filter((t) => t === 'restart')).toHaveLength(1);
  expect(bytes).toEqual(stream);
  await expect(follow(script(false))).rejects.toThrow('came damaged, twice');
});

test('a full queue is told, and the job is handed in again after the time that the server names', async () => {
  const { news, said } = await follow((visit, message, still) => {
    const isFirst = visit.said.filter((what) => 't' in what && what.t === 'generate').length === 1;
    if (!isFirst || message.t !== 'generate') return all(visit, message, still);
    const error = { name: 'QueueFullError', message: 'The queue is full.' };
    visit.say({ t: 'error', job: message.job, error, retryAfterMs: 20 });
  });
  expect(news[0]).toBe('full');
  expect(said).toEqual([['hello', 'generate', 'generate']]);
});

test.each([
  ['a refusal', { name: 'EngineError', message: 'There is no such engine.' }, 'There is no such engine.'],
  ['a message that can’t be read', { name: 'MessageError', message: 'Unknown.' }, 'Unknown.'],
])('%s ends the job with its sentence', async (_, error, sentence) => {
  const refuse: Script = (visit, message) => {
    const job = error.name === 'EngineError' && message.t === 'generate' ? { job: message.job } : {};
    visit.say({ t: 'error', ...job, error });
  };
  await expect(follow(refuse)).rejects.toThrow(sentence);
});

test('a failed job says whether another try may help', async () => {
  const error = { name: 'EngineError', message: 'The engine died.' };
  const fail: Script = (visit, message) => {
    if (message.t === 'generate')
      visit.say({ t: 'failed', job: message.job, seq: 1, error, isRetryable: true });
  };
  await expect(follow(fail)).rejects.toMatchObject({ message: 'The engine died.', isRetryable: true });
});

test('a cancelled job is cancelled at the server and ends in an AbortError', async () => {
  let said: unknown[] = [];
  const script: Script = (visit, message) => {
    said = visit.said;
    if (message.t === 'generate') visit.say({ ...accepted, job: message.job });
  };
  const cancel = follow(script, { onNews: (_, job) => job.cancel() });
  await expect(cancel).rejects.toMatchObject({ name: 'AbortError' });
  expect(said.at(-1)).toMatchObject({ t: 'cancel' });
});

test('a job that is left goes on at the server: nothing is said, and the iteration ends', async () => {
  const script: Script = (visit, message) => {
    if (message.t === 'generate') visit.say({ ...accepted, job: message.job });
  };
  const { news, said } = await follow(script, { onNews: (_, job) => job.leave() });
  expect(news).toEqual(['accepted']);
  expect(said).toEqual([['hello', 'generate']]);
});

test('a still travels as one binary message behind its description, as many bytes as were announced', async () => {
  const still = Uint8Array.from({ length: 300 }, (_, index) => index % 256);
  const request: RemoteRequest = {
    verb: 'describe',
    spec: { engine: 'moondream2', question: 'What is it?' },
    still,
    mime: 'image/jpeg',
  };
  const text = 'A calm sea.';
  const { visits, news } = await follow(
    (visit, message, bytes) => {
      if (message.t !== 'describe') return;
      expect(bytes).toEqual(still);
      visit.say({ ...accepted, job: message.job });
      visit.say({ t: 'text', job: message.job, seq: 2, text: 'A calm' });
      visit.say({ t: 'done', job: message.job, seq: 3, result: { ...result, parts: [], bytes: 0, text } });
    },
    { request },
  );
  expect(news).toEqual(['accepted', 'text', 'done']);
  const sha256 = createHash('sha256').update(still).digest('hex');
  expect(visits[0]!.said[1]).toMatchObject({ still: { mime: 'image/jpeg', bytes: 300, sha256 } });
});

test('a server that falls silent is noticed by the heartbeat, and the job goes on over another connection', async () => {
  const { bytes, visits } = await follow(
    (visit, message, still) => {
      if (visit.number === 1 && message.t === 'generate') visit.say({ ...accepted, job: message.job });
      else if (message.t === 'attach')
        all(visit, { ...message, t: 'generate', spec: REQUEST.spec } as never, still);
    },
    { times: { heartbeat: 40, answer: 30 } },
  );
  expect(visits).toHaveLength(2);
  expect(bytes).toEqual(stream);
});

test('a server that stops says when it is back, and the job waits that long', async () => {
  let left = 0;
  let back = 0;
  const { bytes } = await follow((visit, message, still) => {
    if (message.t === 'generate') {
      visit.say({ ...accepted, job: message.job });
      visit.say({ t: 'draining', afterMs: 120 });
      left = performance.now();
    } else if (message.t === 'attach') {
      back = performance.now();
      all(visit, { ...message, t: 'generate', spec: REQUEST.spec } as never, still);
    }
  });
  // Only time tells whether it waited; a slow machine makes it longer, never shorter.
  expect(back - left).toBeGreaterThan(100);
  expect(bytes).toEqual(stream);
});

test('a server that wants another token ends the job at once', async () => {
  const refuse: Script = (visit) => visit.close(4001);
  await expect(follow(refuse)).rejects.toMatchObject({ name: 'ServerTokenError' });
});
