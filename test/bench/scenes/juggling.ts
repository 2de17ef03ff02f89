/**
 * When the ball is kicked in `juggle_ball.mp4`, seconds: read from its pictures, numbered at 24 per second. At each of these
 * the foot meets the ball at the lowest point of its way.
 */
export const KICKS_SECONDS = [17, 31, 45, 59, 72.5, 91.5, 108, 127, 143.5, 159, 174, 187, 206, 219, 233].map(
  (picture) => picture / 24,
);
