import { parentPort } from 'node:worker_threads';
import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import { renderStem, type StereoChunk } from '#lib/synth/render.ts';
import { planForWords } from './plan-for-words.ts';

/** What the thread is told: begin a part, or make the next piece of it. */
export type ToSynthThread = {
  /** Counts up with each part that is begun; answers carry it, so that late ones are known. */
  turn: number;
  begin?: { spec: GenerateSpec; kind: 'music' | 'effects'; candidate: number };
};

/** What it answers: a piece, the end of the part, or why it can't go on. */
export type FromSynthThread = { turn: number } & (
  { chunk: StereoChunk } | { isOver: true } | { problem: string }
);

let chunks: Iterator<StereoChunk> | null = null;

/** Plain arithmetic that is asked for piece by piece: an abort is simply not to ask for the next one. */
parentPort!.on('message', ({ turn, begin }: ToSynthThread) => {
  try {
    if (begin) chunks = renderStem(planForWords(begin.spec, begin.candidate), begin.kind);
    const next = chunks?.next();
    if (!next || next.done) {
      chunks = null;
      say({ turn, isOver: true }, []);
    } else {
      const { left, right } = next.value;
      say({ turn, chunk: { left, right } }, [left.buffer, right.buffer]);
    }
  } catch (error) {
    chunks = null;
    say({ turn, problem: error instanceof Error ? error.message : String(error) }, []);
  }
});

function say(message: FromSynthThread, transfer: ArrayBufferLike[]): void {
  parentPort!.postMessage(message, transfer as ArrayBuffer[]);
}
