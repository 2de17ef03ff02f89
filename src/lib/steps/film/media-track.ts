import type {
  AudioCodec,
  AudioTrackMetadata,
  EncodedPacket,
  VideoCodec,
  VideoTrackMetadata,
} from 'mediabunny';

/** A packet on its way into the film; the first of a track brings the decoder's configuration. */
export interface TimedPacket<Meta> {
  packet: EncodedPacket;
  meta?: Meta;
}

/** The picture track: packets in decoding order. */
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
  /** Samples that the encoder put before the sound; known when the first packet has come. */
  delaySamples: () => number;
}
