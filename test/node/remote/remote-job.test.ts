import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { RemoteRequest } from '#lib/remote/remote-request.ts';
import { cutOff, follow, REQUEST } from '../../fixtures/remote/follow-script.ts';
import { twoParts, type Script } from '../../fixtures/remote/scripted-server.ts';

const { stream, parts, result } = twoParts();
const accepted = { t: 'accepted', seq: 1, position: 1, etaMs: null } as const;

/** Sends everything about a job at once. */
const all: Script = (connection, message) => {
  if (message.t !== 'generate') return;
  const { job } = message;
  connection.send({ ...accepted, job });
  for (const [at, part] of parts.entries()) connection.send({ t: 'part', job, seq: 2 + at, part });
  connection.sendBytes(job, stream, 0, 1400);
  connection.sendBytes(job, stream, 1400, 2000);
  connection.send({ t: 'done', job, seq: 4, result });
};

test('a job yields its events in order, its bytes by parts, and ends with done', async () => {
  const { events, bytes, received } = await follow(all);
  expect(events).toEqual(['accepted', 'part', 'part', 'bytes', 'bytes', 'bytes', 'done']);
  expect(bytes).toEqual(stream);
  expect(received).toEqual([['hello', 'generate']]);
});

test('bytes that come before their part, and a result that comes before its bytes, wait', async () => {
  const { events, bytes } = await follow((connection, message) => {
    if (message.t !== 'generate') return;
    const { job } = message;
    connection.sendBytes(job, stream, 0, 500);
    connection.send({ ...accepted, job });
    connection.send({ t: 'done', job, seq: 2, result });
    connection.sendBytes(job, stream, 500, 2000);
  });
  expect(events).toEqual(['accepted', 'bytes', 'bytes', 'bytes', 'done']);
  expect(bytes).toEqual(stream);
});

test('a connection that breaks in mid-stream is made again, and the job continues', async () => {
  const { bytes, received, events, connections } = await cutOff((connection, message) => {
    if (message.t === 'generate') {
      const { job } = message;
      connection.send({ ...accepted, job });
      for (const [at, part] of parts.entries()) connection.send({ t: 'part', job, seq: 2 + at, part });
      connection.sendBytes(job, stream, 0, 700);
    } else if (message.t === 'attach') {
      // What was sent before is sent again, and must change nothing.
      const { job } = message;
      connection.send({ t: 'part', job, seq: 3, part: parts[1]! });
      connection.sendBytes(job, stream, message.offset - 100, message.offset + 300);
      connection.sendBytes(job, stream, message.offset + 300, 2000);
      connection.send({ t: 'done', job, seq: 4, result });
    }
  });
  expect(received).toEqual([
    ['hello', 'generate'],
    ['hello', 'attach'],
  ]);
  expect(connections[1]!.received[1]).toMatchObject({ seq: 3, offset: 700 });
  expect(bytes).toEqual(stream);
  expect(events.filter((t) => t === 'connection')).toHaveLength(2);
});

test('bytes behind a gap are discarded, and another connection brings the missing ones', async () => {
  const { bytes, connections } = await follow((connection, message) => {
    if (message.t === 'generate') {
      const { job } = message;
      connection.send({ ...accepted, job });
      connection.sendBytes(job, stream, 0, 100);
      connection.sendBytes(job, stream, 300, 500);
    } else if (message.t === 'attach') {
      connection.sendBytes(message.job, stream, message.offset, 2000);
      connection.send({ t: 'done', job: message.job, seq: 2, result });
    }
  });
  expect(connections[1]!.received[1]).toMatchObject({ offset: 100 });
  expect(bytes).toEqual(stream);
});

test('a job ends when the server leaves out the same bytes every time', async () => {
  const gap: Script = (connection, message) => {
    if (message.t === 'generate') connection.send({ ...accepted, job: message.job });
    if (message.t === 'attach' || message.t === 'generate') connection.sendBytes(message.job, stream, 10, 50);
  };
  await expect(follow(gap)).rejects.toMatchObject({ name: 'RemoteJobError', isRetryable: true });
});

test('a server that lost the job gets the same request under the same id', async () => {
  const { bytes, connections } = await cutOff((connection, message) => {
    if (message.t === 'generate' && connection.number === 1) {
      connection.send({ ...accepted, job: message.job });
      connection.send({ t: 'part', job: message.job, seq: 2, part: parts[0]! });
      connection.sendBytes(message.job, stream, 0, 300);
    } else if (message.t === 'attach') {
      connection.send({
        t: 'error',
        job: message.job,
        error: { name: 'JobUnknownError', message: 'No such job.' },
      });
    } else all(connection, message, null);
  });
  const [first, second] = connections;
  expect(second!.received[2]).toEqual(first!.received[1]);
  expect(bytes).toEqual(stream);
});

test('a connection that is lost before the job is accepted submits it again', async () => {
  const { received, bytes } = await follow((connection, message, still) => {
    if (connection.number === 1) connection.cut();
    else all(connection, message, still);
  });
  expect(received).toEqual([
    ['hello', 'generate'],
    ['hello', 'generate'],
  ]);
  expect(bytes).toEqual(stream);
});

test('a job of a closed page is attached to from its beginning', async () => {
  const { received, bytes, connections } = await follow(
    (connection, message) => {
      if (message.t !== 'attach') return;
      connection.sendBytes(message.job, stream, 0, 2000);
      connection.send({ t: 'done', job: message.job, seq: 9, result });
    },
    { isAccepted: true },
  );
  expect(received).toEqual([['hello', 'attach']]);
  expect(connections[0]!.received[1]).toMatchObject({ seq: 0, offset: 0 });
  expect(bytes).toEqual(stream);
});

test('sound that does not match its SHA-256 is fetched again, once', async () => {
  const damaged = Uint8Array.from(stream, (byte, index) => (index === 1234 ? byte ^ 1 : byte));
  const script =
    (isHealed: boolean): Script =>
    (connection, message) => {
      if (message.t !== 'generate' && message.t !== 'attach') return;
      const { job } = message;
      if (message.t === 'generate') connection.send({ ...accepted, job });
      connection.sendBytes(job, message.t === 'attach' && isHealed ? stream : damaged, 0, 2000);
      connection.send({ t: 'done', job, seq: 2, result });
    };
  const { events, bytes } = await follow(script(true));
  expect(events.filter((t) => t === 'restart')).toHaveLength(1);
  expect(bytes).toEqual(stream);
  await expect(follow(script(false))).rejects.toThrow('came damaged, twice');
});

test('a full queue is reported, and the job is submitted again after the time that the server names', async () => {
  const { events, received } = await follow((connection, message, still) => {
    const isFirst = connection.received.filter((what) => 't' in what && what.t === 'generate').length === 1;
    if (!isFirst || message.t !== 'generate') return all(connection, message, still);
    const error = { name: 'QueueFullError', message: 'The queue is full.' };
    connection.send({ t: 'error', job: message.job, error, retryAfterMs: 20 });
  });
  expect(events[0]).toBe('full');
  expect(received).toEqual([['hello', 'generate', 'generate']]);
});

test.each([
  ['a refusal', { name: 'EngineError', message: 'There is no such engine.' }, 'There is no such engine.'],
  ['a message that can’t be parsed', { name: 'MessageError', message: 'Unknown.' }, 'Unknown.'],
])('%s ends the job with its sentence', async (_, error, sentence) => {
  const refuse: Script = (connection, message) => {
    const job = error.name === 'EngineError' && message.t === 'generate' ? { job: message.job } : {};
    connection.send({ t: 'error', ...job, error });
  };
  await expect(follow(refuse)).rejects.toThrow(sentence);
});

test('a failed job says whether another try may help', async () => {
  const error = { name: 'EngineError', message: 'The engine crashed.' };
  const fail: Script = (connection, message) => {
    if (message.t === 'generate')
      connection.send({ t: 'failed', job: message.job, seq: 1, error, isRetryable: true });
  };
  await expect(follow(fail)).rejects.toMatchObject({ message: 'The engine crashed.', isRetryable: true });
});

test('a cancelled job is cancelled at the server and ends in an AbortError', async () => {
  let received: unknown[] = [];
  const script: Script = (connection, message) => {
    received = connection.received;
    if (message.t === 'generate') connection.send({ ...accepted, job: message.job });
  };
  const cancel = follow(script, { onEvent: (_, job) => job.cancel() });
  await expect(cancel).rejects.toMatchObject({ name: 'AbortError' });
  expect(received.at(-1)).toMatchObject({ t: 'cancel' });
});

test('a job that is left goes on at the server: nothing is sent, and the iteration ends', async () => {
  const script: Script = (connection, message) => {
    if (message.t === 'generate') connection.send({ ...accepted, job: message.job });
  };
  const { events, received } = await follow(script, { onEvent: (_, job) => job.leave() });
  expect(events).toEqual(['accepted']);
  expect(received).toEqual([['hello', 'generate']]);
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
  const { connections, events } = await follow(
    (connection, message, bytes) => {
      if (message.t !== 'describe') return;
      expect(bytes).toEqual(still);
      connection.send({ ...accepted, job: message.job });
      connection.send({ t: 'text', job: message.job, seq: 2, text: 'A calm' });
      connection.send({
        t: 'done',
        job: message.job,
        seq: 3,
        result: { ...result, parts: [], bytes: 0, text },
      });
    },
    { request },
  );
  expect(events).toEqual(['accepted', 'text', 'done']);
  const sha256 = createHash('sha256').update(still).digest('hex');
  expect(connections[0]!.received[1]).toMatchObject({ still: { mime: 'image/jpeg', bytes: 300, sha256 } });
});

test('the heartbeat notices a silent server, and the job continues over another connection', async () => {
  const { bytes, connections } = await follow(
    (connection, message, still) => {
      if (connection.number === 1 && message.t === 'generate')
        connection.send({ ...accepted, job: message.job });
      else if (message.t === 'attach')
        all(connection, { ...message, t: 'generate', spec: REQUEST.spec } as never, still);
    },
    { times: { heartbeat: 40, answer: 30 } },
  );
  expect(connections).toHaveLength(2);
  expect(bytes).toEqual(stream);
});

test('a server that stops says when it is back, and the job waits until then', async () => {
  let left = 0;
  let back = 0;
  const { bytes } = await follow((connection, message, still) => {
    if (message.t === 'generate') {
      connection.send({ ...accepted, job: message.job });
      connection.send({ t: 'draining', afterMs: 120 });
      left = performance.now();
    } else if (message.t === 'attach') {
      back = performance.now();
      all(connection, { ...message, t: 'generate', spec: REQUEST.spec } as never, still);
    }
  });
  // Only the time shows that it waited; a slow machine makes it longer, never shorter.
  expect(back - left).toBeGreaterThan(100);
  expect(bytes).toEqual(stream);
});

test('a server that wants another token ends the job at once', async () => {
  const refuse: Script = (connection) => connection.close(4001);
  await expect(follow(refuse)).rejects.toMatchObject({ name: 'ServerTokenError' });
});
