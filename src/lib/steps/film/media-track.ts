import type {
  AudioCodec,
  AudioTrackMetadata,
  EncodedPacket,
  VideoCodec,
  VideoTrackMetadata,
} from 'mediabunny';

/** A packet for the film; the first one of a track has the decoder's configuration. */
export interface TimedPacket<Meta> {
  packet: EncodedPacket;
  meta?: Meta;
}

/** The video track: packets in decoding order. */
export interface PictureTrack {
  codec: VideoCodec;
  metadata: VideoTrackMetadata;
  packets: AsyncIterable<TimedPacket<EncodedVideoChunkMetadata>, void>;
}

/** One sound track. */
export interface SoundTrack {
  codec: AudioCodec;
  metadata: AudioTrackMetadata;
  packets: AsyncIterable<TimedPacket<EncodedAudioChunkMetadata>, void>;
  /** Samples that the encoder put before the sound; known with the first packet. */
  delaySamples: () => number;
}
