/** A response is aborted when the client reads nothing for this time. */
const STALL_MILLISECONDS = 30_000;

/**
 * A response body that is generated only as fast as it is read.
 * @param open Generates the bytes. Its signal is aborted when the client disconnects or stalls.
 * @param onEnd Called when the stream ends, in whatever way.
 */
export function bodyStream(
  open: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
  onEnd: () => void,
  stallMs = STALL_MILLISECONDS,
): ReadableStream<Uint8Array> {
  const stop = new AbortController();
  const source = open(stop.signal)[Symbol.asyncIterator]();
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    clearTimeout(timer);
    stop.abort();
    onEnd();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(timer);
        try {
          const { done, value } = (await source.next()) as IteratorResult<Uint8Array, void>;
          if (done) {
            controller.close();
            return end();
          }
          controller.enqueue(value);
          timer = setTimeout(() => {
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
