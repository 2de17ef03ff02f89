const SMALL_SECONDS = 0.03;
const LARGE_SECONDS = 0.25;
/** A paused video is set this much later, so that a picture is shown from its first moment on, whatever the rounding. */
const INTO_PICTURE_SECONDS = 0.001;

/**
 * Synchronises a muted video with the sound: small differences by its playback rate, large ones by a jump.
 * @param rate How fast the sound is played.
 */
export function followClock(video: HTMLVideoElement, seconds: number, isPlaying: boolean, rate = 1): void {
  if (!isPlaying) {
    video.pause();
    video.playbackRate = rate;
    const shown = seconds + INTO_PICTURE_SECONDS;
    if (Math.abs(video.currentTime - shown) > 0.001) video.currentTime = shown;
    return;
  }
  const behind = seconds - video.currentTime;
  if (Math.abs(behind) > LARGE_SECONDS * Math.max(1, rate)) video.currentTime = seconds;
  const catchUp = Math.abs(behind) > SMALL_SECONDS ? Math.max(-0.1, Math.min(0.1, behind)) : 0;
  video.playbackRate = rate * (1 + catchUp);
  if (video.paused && !video.ended) void video.play().catch(() => undefined);
}
