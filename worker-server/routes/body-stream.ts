/** A reader over HTTP that takes nothing for so long is given up, in milliseconds. */
const STALL_MILLISECONDS = 30_000;

/**
 * A body from bytes that are made while it is read, no faster than it is read.
 * @param open Makes the bytes; its signal is aborted when the reader leaves or stalls.
 * @param onEnd Called once, however it ends.
 */
export function bodyStream(
  open: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
  onEnd: () => void,
  stallMs = STALL_MILLISECONDS,
): ReadableStream<Uint8Array> {
  const stop = new AbortController();
  const source = open(stop.signal)[Symbol.asyncIterator]();
  let patience: NodeJS.Timeout | undefined;
  const end = () => {
    clearTimeout(patience);
    stop.abort();
    onEnd();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(patience);
        try {
          const { done, value } = (await source.next()) as IteratorResult<Uint8Array, void>;
          if (done) {
            controller.close();
            return end();
          }
          controller.enqueue(value);
          patience = setTimeout(() => {
            controller.error(new Error('The reader took nothing for too long.'));
            end();
          }, stallMs);
        } catch (error) {
          controller.error(error);
          end();
        }
      },
      cancel: end,
    },
    { highWaterMark: 1 },
  );
}
