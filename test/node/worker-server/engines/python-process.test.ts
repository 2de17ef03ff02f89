import { execFileSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { Frame } from '../../../../worker-server/engines/framed-stdio.ts';
import { PythonProcess, type EngineLogLine } from '../../../../worker-server/engines/python-process.ts';

const ECHO = 'test/fixtures/audioldm2/echo_wire.py';

function hasPython(): boolean {
  try {
    execFileSync('python3', ['-c', 'import sys; assert sys.version_info >= (3, 9)'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const isThere = hasPython();
if (!isThere) console.warn('The wire of the AudioLDM2 engine is not tested: it needs python3 on the path.');

function open() {
  const lines: EngineLogLine[] = [];
  const process_ = new PythonProcess(['python3', ECHO], process.env, (line) => lines.push(line));
  const frames = process_.frames();
  return {
    process: process_,
    lines,
    next: async (): Promise<Frame> => {
      const read = await frames.next();
      if (read.done) throw new Error('A frame was wanted; the process ended.');
      return read.value;
    },
    [Symbol.asyncDispose]: () => process_.end(1000),
  };
}

const title = `a Python process with the wire of the engine${isThere ? '' : ' (skipped: no python3)'}`;
describe.skipIf(!isThere)(title, { timeout: 60_000 }, () => {
  it('receives and sends messages and bytes unchanged', async () => {
    await using echo = open();
    for (const bytes of [0, 1, 70_000, 3_000_000]) {
      const payload = randomFillSync(new Uint8Array(bytes));
      echo.process.send({ type: 'say', id: bytes, text: 'Ä\n"🎵' }, payload);
      const back = await echo.next();
      expect(back.message).toMatchObject({ type: 'echo', id: bytes, text: 'Ä\n"🎵' });
      expect(Buffer.compare(back.payload, payload)).toBe(0);
    }
  });

  it('logs structured lines, and output of libraries does not break the framing', async () => {
    await using echo = open();
    echo.process.send({ type: 'say', id: 1 });
    expect((await echo.next()).message['type']).toBe('echo');
    await vi.waitFor(() => expect(echo.lines).toHaveLength(2), { timeout: 30_000 });
    expect(echo.lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ level: 'info', message: 'hello', answer: 42 }),
        { level: 'debug', message: 'a library prints' },
      ]),
    );
  });

  it('notices a cancellation during a request', async () => {
    await using echo = open();
    echo.process.send({ type: 'wait', id: 7 });
    echo.process.send({ type: 'cancel', id: 7 });
    expect((await echo.next()).message).toEqual({ type: 'cancelled', id: 7 });
    echo.process.send({ type: 'say', id: 8 });
    expect((await echo.next()).message).toMatchObject({ type: 'echo', id: 8 });
  });

  it('exits when its stdin is closed, even during a request', async () => {
    const echo = open();
    echo.process.send({ type: 'say', id: 1 });
    await echo.next();
    echo.process.send({ type: 'ignore', id: 2 });
    await echo.process.end(60_000);
    expect(await echo.process.ended).toEqual({ code: 0, signal: null });
  });

  it('ends at once when killed', async () => {
    const echo = open();
    echo.process.send({ type: 'ignore', id: 1 });
    echo.process.kill();
    expect(await echo.process.ended).toMatchObject({ code: null, signal: 'SIGKILL' });
    echo.process.kill();
    echo.process.send({ type: 'say', id: 2 });
  });

  it('reports why it could not be started', async () => {
    const process_ = new PythonProcess(['/nowhere/python'], process.env, () => undefined);
    process_.send({ type: 'say' });
    expect((await process_.ended).error?.code).toBe('ENOENT');
  });
});
