import { STEP_NAMES } from '#lib/job/entry.ts';
import { MOODS } from '../src/lib/ui/moods.ts';

/** What `--help` prints. */
export const HELP = `Adds a fitting soundtrack to videos and pictures, on this machine.

Usage: immersivaudio <file> [more files] [options]
       immersivaudio serve [flags]     serves the app itself; immersivaudio serve --help lists the flags

  -o, --output <path>    the film; with several files, a folder (default: beside each file)
      --music            music only
      --effects          sound effects only (default: both)
      --balance <0…1>    0 only music, 1 only effects (default: 0.5)
      --duration <s>     length of the film made from a picture, 1 to 300 (default: 10)
      --prompt <text>    what the soundtrack is to be, instead of what the picture suggests
      --mood <name>      ${Object.keys(MOODS).join(', ')}
      --k <number>       how many frames are looked at: k · log10(seconds) (default: 10)
      --scenes <what>    auto, off, or where scenes begin, in seconds, such as 12.3,40.1 (default: auto); or network, a
                         model that this app serves (npm run models -- transnetv2)
      --sensitivity <0…1>  how easily a change counts as a new scene (default: 0.5)
      --detector <id>    look for things with a model that this app serves (see npm run models)
      --seed <number>    another seed gives another soundtrack, the same seed the same one
                         (default: a number that the file gives)
      --keep-original    mix the sound that the video came with (default)
      --no-original      leave it out
      --stems <folder>   also save music, effects and mix as WAV files
      --json <path>      also save the job document; with several files, a folder; - writes it to stdout
      --only <steps>     run these steps and what they need; no film is made, only the document for --json
      --from <path>      go on from a job document: what it has is not made again, and its options are kept
                         unless others are given; the file that it was made from is needed for a film, and
                         for steps that read it
  -h, --help             this text
  -v, --version          the version

Steps for --only, with commas between them:
  ${STEP_NAMES.join(', ')}

Exit codes: 0 all went well, 1 a file failed, 2 the command was not understood, 3 no browser was found.
`;
