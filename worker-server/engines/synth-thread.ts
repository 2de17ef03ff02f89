import { parentPort } from 'node:worker_threads';
import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import { renderStem, type StereoChunk } from '#lib/synth/render.ts';
import { planForWords } from './plan-for-words.ts';

/** A message to the thread: start a part, or render its next chunk. */
export type ToSynthThread = {
  /** Number of the part. Answers carry it too, so that late ones can be ignored. */
  partNumber: number;
  begin?: { spec: GenerateSpec; kind: 'music' | 'effects'; candidate: number };
};

/** An answer of the thread: a chunk, the end of the part, or an error message. */
export type FromSynthThread = { partNumber: number } & (
  { chunk: StereoChunk } | { isOver: true } | { problem: string }
);

let chunks: Iterator<StereoChunk> | null = null;

/** Renders one chunk per message. To abort a part, the caller doesn't request the next chunk. */
parentPort!.on('message', ({ partNumber, begin }: ToSynthThread) => {
  try {
    if (begin) chunks = renderStem(planForWords(begin.spec, begin.candidate), begin.kind);
    const next = chunks?.next();
    if (!next || next.done) {
      chunks = null;
      send({ partNumber, isOver: true }, []);
    } else {
      const { left, right } = next.value;
      send({ partNumber, chunk: { left, right } }, [left.buffer, right.buffer]);
    }
  } catch (error) {
    chunks = null;
    send({ partNumber, problem: error instanceof Error ? error.message : String(error) }, []);
  }
});

function send(message: FromSynthThread, transfer: ArrayBufferLike[]): void {
  parentPort!.postMessage(message, transfer as ArrayBuffer[]);
}
