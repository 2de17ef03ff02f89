/** The clocks of a socket, in milliseconds. */
export interface SocketTimes {
  /** Between two pings; who misses two in a row is gone. */
  ping: number;
  /** Longest time in which nothing of what waits to be sent moves on. */
  stall: number;
  /** Until a new socket has said hello. */
  hello: number;
  /** Longest silence of a client that follows no job. */
  idle: number;
}

export const SOCKET_TIMES: SocketTimes = { ping: 20_000, stall: 30_000, hello: 10_000, idle: 600_000 };
