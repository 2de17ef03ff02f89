const SMALL_SECONDS = 0.03;
const LARGE_SECONDS = 0.25;

/**
 * Synchronises a muted video with the sound: small differences by its playback rate, large ones by a jump.
 */
export function followClock(video: HTMLVideoElement, seconds: number, isPlaying: boolean): void {
  if (!isPlaying) {
    video.pause();
    video.playbackRate = 1;
    if (Math.abs(video.currentTime - seconds) > 0.001) video.currentTime = seconds;
    return;
  }
  const behind = seconds - video.currentTime;
  if (Math.abs(behind) > LARGE_SECONDS) video.currentTime = seconds;
  video.playbackRate = Math.abs(behind) > SMALL_SECONDS ? 1 + Math.max(-0.1, Math.min(0.1, behind)) : 1;
  if (video.paused && !video.ended) void video.play().catch(() => undefined);
}
